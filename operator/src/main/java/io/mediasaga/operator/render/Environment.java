package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.mediasaga.operator.model.Credentials;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.settings.OperatorSettings;
import io.mediasaga.operator.settings.OperatorSettings.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment variables of a participant; later ones win. */
final class Environment {

    /** Where the media store is mounted. */
    static final String MEDIA = "/srv/media";

    private final OperatorSettings settings;
    private final Plan plan;
    private final ParticipantPlan participant;
    private final Map<String, EnvVar> variables = new LinkedHashMap<>();

    private Environment(OperatorSettings settings, Plan plan, ParticipantPlan participant) {
        this.settings = settings;
        this.plan = plan;
        this.participant = participant;
    }

    static List<EnvVar> of(OperatorSettings settings, Plan plan, ParticipantPlan participant) {
        Environment environment = new Environment(settings, plan, participant);
        environment.collect();
        return new ArrayList<>(environment.variables.values());
    }

    private void collect() {
        value("SERVER_PORT", Integer.toString(participant.settings().port()));
        String path = participant.settings().path();
        value("SERVER_SERVLET_CONTEXT_PATH", path == null ? "/" : path);
        value("MEDIASAGA_POSTGRES_URL", settings.postgres().url());
        value("MEDIASAGA_KAFKA", Bootstrap.servers(plan, settings));
        if (!settings.redis().host().isEmpty()) {
            value("MEDIASAGA_REDIS_HOST", settings.redis().host());
            value("MEDIASAGA_REDIS_PORT", Integer.toString(settings.redis().port()));
        }
        secret("MEDIASAGA_API_TOKEN", settings.apiToken().secret(), settings.apiToken().key(), false);
        // The operator makes the topics; what a service would make has other partitions.
        value("MEDIASAGA_MESSAGING_CREATETOPICS", "false");
        kafkaLogin();
        storage();
        credentials();
        settings.env().forEach(this::value);
        participant.settings().env().forEach(this::value);
    }

    private void kafkaLogin() {
        boolean tls = settings.kafka().tls();
        boolean scram = settings.kafka().scram();
        if (!Bootstrap.strimzi(plan) || plan.topology().kafka().bootstrapServers() != null || !tls && !scram) {
            return;
        }
        value("SPRING_KAFKA_SECURITY_PROTOCOL", scram ? (tls ? "SASL_SSL" : "SASL_PLAINTEXT") : "SSL");
        if (scram) {
            value("SPRING_KAFKA_PROPERTIES_SASL_MECHANISM", "SCRAM-SHA-512");
            secret("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", participant.name(), "sasl.jaas.config", false);
        }
        if (tls) {
            value("SPRING_KAFKA_PROPERTIES_SSL_TRUSTSTORE_TYPE", "PEM");
            String authority = plan.topology().kafka().cluster() + "-cluster-ca-cert";
            secret("SPRING_KAFKA_PROPERTIES_SSL_TRUSTSTORE_CERTIFICATES", authority, "ca.crt", false);
        }
    }

    /** Whether the participant has the media folder. */
    static boolean mounts(OperatorSettings settings, ParticipantPlan participant) {
        return settings.storage().type() == Storage.Type.FILESYSTEM
                && settings.storage().participants().contains(participant.name());
    }

    private void storage() {
        Storage storage = settings.storage();
        if (mounts(settings, participant)) {
            value("MEDIASAGA_STORAGE_PATH", MEDIA);
        } else if (storage.inS3(participant.name())) {
            value("MEDIASAGA_STORAGE_TYPE", "s3");
            value("MEDIASAGA_STORAGE_S3_REGION", storage.s3().region());
            value("MEDIASAGA_STORAGE_S3_BUCKET", storage.s3().bucket());
            value("MEDIASAGA_STORAGE_S3_PATHSTYLE", Boolean.toString(storage.s3().pathStyle()));
            unlessEmpty("MEDIASAGA_STORAGE_S3_ENDPOINT", storage.s3().endpoint());
            unlessEmpty("MEDIASAGA_STORAGE_S3_PREFIX", storage.s3().prefix());
            // Those who do not run with a copy of the keys yet read them from where they are kept.
            if (storage.keyed(participant.name()) && !plan.keys(participant).contains(Credentials.ACCESS_KEY)) {
                secret(Credentials.ACCESS_KEY, storage.s3().secret(), "access_key", false);
                secret(Credentials.SECRET_KEY, storage.s3().secret(), "secret_key", false);
            }
        }
    }

    private void credentials() {
        if (participant.credentials() == null) {
            return;
        }
        String copy = Names.credentialsCopy(participant.name(), participant.credentials());
        secret("SPRING_DATASOURCE_USERNAME", copy, "username", true);
        secret("MEDIASAGA_POSTGRES_PASSWORD", copy, "password", true);
        plan.keys(participant).stream()
                .filter(key -> key.matches("[A-Z_][A-Z0-9_]*"))
                .sorted()
                .forEach(key -> secret(key, copy, key, true));
    }

    private void unlessEmpty(String name, String value) {
        if (!value.isEmpty()) {
            value(name, value);
        }
    }

    private void value(String name, String value) {
        variables.remove(name);
        variables.put(name, new EnvVarBuilder().withName(name).withValue(value).build());
    }

    private void secret(String name, String secret, String key, boolean optional) {
        variables.remove(name);
        variables.put(
                name,
                new EnvVarBuilder()
                        .withName(name)
                        .withNewValueFrom()
                        .withNewSecretKeyRef(key, secret, optional ? Boolean.TRUE : null)
                        .endValueFrom()
                        .build());
    }
}
