package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.ServiceDatabase;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The properties by which a service finds everything that it needs on this machine. */
public final class ServiceSettings {

    /** Those with an API for people and programs. */
    private static final Set<String> DESCRIBED = Set.of("orchestrator", "media", "quota", "ingest");

    private static final String DEFINITION = "publish-media-asset.yaml";

    private final DataFolder data;
    private final EmbeddedPostgres postgres;
    private final String kafka;
    private final int redisPort;
    private final double dropShare;
    private final int partitions;

    /** Settings for one replica of each service. */
    ServiceSettings(DataFolder data, Servers servers, PlatformOptions options) {
        // What is not spread over partitions comes in larger batches.
        this(data, servers.postgres(), servers.kafka().bootstrapServers(), servers.redis().port(), options.dropShare(), 1);
    }

    /**
     * Settings for servers on this machine.
     *
     * @param kafka what Kafka clients take as {@code bootstrap.servers}
     * @param dropShare share of sends of the outbox that fail on purpose, 0 to 1
     * @param partitions of each topic; no more replicas of a service than that get anything to do
     */
    public ServiceSettings(
            DataFolder data, EmbeddedPostgres postgres, String kafka, int redisPort, double dropShare, int partitions) {
        this.data = data;
        this.postgres = postgres;
        this.kafka = kafka;
        this.redisPort = redisPort;
        this.dropShare = dropShare;
        this.partitions = partitions;
    }

    /** The settings of a service; its database role is made on the way. */
    public Map<String, String> of(ServiceSpec service) {
        ServiceDatabase database =
                postgres.createServiceRole(service.name(), data.secret("postgres-" + service.name()));
        Map<String, String> settings = new TreeMap<>();
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.datasource.hikari.maximum-pool-size", "10");
        settings.put("spring.kafka.bootstrap-servers", kafka);
        settings.put("spring.data.redis.host", "127.0.0.1");
        settings.put("spring.data.redis.port", String.valueOf(redisPort));
        settings.put("mediasaga.api.token-file", data.tokenFile().toString());
        settings.putAll(data.issuer().settings());
        settings.put("mediasaga.messaging.create-topics", "true");
        settings.put("mediasaga.messaging.topics.replicas", "1");
        settings.put("mediasaga.messaging.topics.partitions", String.valueOf(partitions));
        settings.put("mediasaga.messaging.consumer.concurrency", "1");
        settings.put("mediasaga.messaging.chaos.drop-share", String.valueOf(dropShare));
        settings.put("mediasaga.storage.path", data.path("media").toString());
        settings.put("mediasaga.definitions", data.definition(DEFINITION).toString());
        settings.put("mediasaga.processing.work-folder", data.path("work/processing").toString());
        if (!DESCRIBED.contains(service.name())) {
            settings.put("springdoc.api-docs.enabled", "false"); // it is on everybody's class path here
            settings.put("spring.thymeleaf.enabled", "false"); // and so is this
        }
        return settings;
    }

    /** What the console of the first service needs beyond that: where the others are. */
    static Map<String, String> ofConsole(int port) {
        String address = "http://127.0.0.1:" + port;
        Map<String, String> settings = new TreeMap<>();
        for (ServiceSpec service : ServiceSpec.ALL) {
            if (!service.path().isEmpty()) {
                settings.put("mediasaga.console.services." + service.name(), address + service.path());
            }
        }
        settings.put("mediasaga.console.uploads", settings.get("mediasaga.console.services.ingest"));
        return settings;
    }
}
