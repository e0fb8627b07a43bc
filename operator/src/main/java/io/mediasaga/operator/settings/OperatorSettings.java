package io.mediasaga.operator.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the operator, {@code mediasaga.operator.*}.
 *
 * @param namespaces the watched ones; all when empty
 * @param leaderElection which replica works
 * @param orchestrator where definitions are handed to
 * @param deletionDeadline how long a deleted MediaSaga waits for its running sagas
 * @param discovery how often it is looked for APIs that may come later
 * @param images where participants' images come from
 * @param postgres the database of the participants
 * @param redis their cache
 * @param kafka how they reach Kafka
 * @param apiToken the Secret with the API token
 * @param storage where media files are
 * @param pods what pods are given
 * @param env environment variables of every participant
 * @param networkPolicies whether such are made
 * @param ingress how participants are reached from outside
 */
@ConfigurationProperties("mediasaga.operator")
public record OperatorSettings(
        @DefaultValue List<String> namespaces,
        @DefaultValue LeaderElection leaderElection,
        @DefaultValue Orchestrator orchestrator,
        @DefaultValue("10m") Duration deletionDeadline,
        @DefaultValue("30s") Duration discovery,
        @DefaultValue Images images,
        @DefaultValue Postgres postgres,
        @DefaultValue Redis redis,
        @DefaultValue KafkaAccess kafka,
        @DefaultValue ApiToken apiToken,
        @DefaultValue Storage storage,
        @DefaultValue Pods pods,
        @DefaultValue Map<String, String> env,
        @DefaultValue("true") boolean networkPolicies,
        @DefaultValue Ingress ingress) {

    public OperatorSettings {
        positive("deletion-deadline", deletionDeadline);
        positive("discovery", discovery);
    }

    /** The lease by which one replica leads; the pod's own namespace when none is given. */
    public record LeaderElection(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("mediasaga-operator") String lease,
            @DefaultValue("") String namespace) {}

    /**
     * The orchestrator.
     *
     * @param url its address
     * @param token the API token; goes before the file
     * @param tokenFile a file that holds the token, read anew for each call
     * @param interval how often a definition is handed over again
     * @param counts how often sagas are counted
     * @param timeout how long one call may take
     */
    public record Orchestrator(
            @DefaultValue("http://orchestrator:8080") String url,
            @DefaultValue("") String token,
            @Nullable Path tokenFile,
            @DefaultValue("5m") Duration interval,
            @DefaultValue("1m") Duration counts,
            @DefaultValue("5s") Duration timeout) {

        public Orchestrator {
            if (!url.matches("https?://[^/\\s]+(/\\S*)?")) {
                throw new IllegalArgumentException("mediasaga.operator.orchestrator.url is '" + url
                        + "'; it has to be an address such as http://orchestrator:8080");
            }
            url = url.replaceAll("/+$", "");
            positive("orchestrator.interval", interval);
            positive("orchestrator.counts", counts);
            positive("orchestrator.timeout", timeout);
        }

        @Override
        public String toString() {
            return "Orchestrator[url=" + url + ", token=" + (token.isEmpty() ? "unset" : "***") + "]";
        }
    }

    /**
     * Images of participants whose spec names none.
     *
     * @param pattern with {@code {participant}} for the name
     * @param overrides by participant
     */
    public record Images(
            @DefaultValue("mediasaga/{participant}:latest") String pattern,
            @DefaultValue Map<String, String> overrides,
            @DefaultValue("IfNotPresent") String pullPolicy,
            @DefaultValue List<String> pullSecrets) {

        /** The image of a participant. */
        public String of(String participant) {
            String own = overrides.get(participant);
            return own != null ? own : pattern.replace("{participant}", participant);
        }
    }

    /** The database, as a JDBC address. */
    public record Postgres(@DefaultValue("jdbc:postgresql://postgres:5432/mediasaga") String url) {}

    /** The cache; none when the host is empty. */
    public record Redis(@DefaultValue("redis") String host, @DefaultValue("6379") int port) {}

    /**
     * How participants reach a Kafka of Strimzi's, and the operator any other.
     *
     * @param listenerPort of the bootstrap Service
     * @param tls whether that listener speaks TLS
     * @param scram whether one has to log in there
     * @param properties of the admin client
     */
    public record KafkaAccess(
            @DefaultValue("9093") int listenerPort,
            @DefaultValue("true") boolean tls,
            @DefaultValue("true") boolean scram,
            @DefaultValue Map<String, String> properties) {

        @Override
        public String toString() {
            return "KafkaAccess[listenerPort=" + listenerPort + ", tls=" + tls + ", scram=" + scram + "]";
        }
    }

    /** The Secret with the API token, in the namespace of each MediaSaga. */
    public record ApiToken(@DefaultValue("mediasaga-api-token") String secret, @DefaultValue("token") String key) {}

    /** Where media files are, and who handles them. */
    public record Storage(
            @DefaultValue("filesystem") Type type,
            @DefaultValue({"ingest", "processing", "publish"}) List<String> participants,
            @DefaultValue("mediasaga-media") String claim,
            @DefaultValue S3 s3) {

        /** Whether the participant keeps files in S3. */
        public boolean inS3(String participant) {
            return type == Type.S3 && participants.contains(participant);
        }

        /** Whether the participant keeps files in S3, by keys from a Secret. */
        public boolean keyed(String participant) {
            return inS3(participant) && !s3.secret().isEmpty();
        }

        /** The Secret with the keys; empty when nobody needs one. */
        public String keys() {
            return type == Type.S3 ? s3.secret() : "";
        }

        /** What it is built on. */
        public enum Type {
            FILESYSTEM,
            S3
        }

        /**
         * An S3-compatible store.
         *
         * @param secret has {@code access_key} and {@code secret_key}; the pods' own identity when empty
         * @param identity annotations that give an identity to the ServiceAccounts of those who handle files
         */
        public record S3(
                @DefaultValue("") String endpoint,
                @DefaultValue("us-east-1") String region,
                @DefaultValue("") String bucket,
                @DefaultValue("") String prefix,
                @DefaultValue("false") boolean pathStyle,
                @DefaultValue("") String secret,
                @DefaultValue Map<String, String> identity) {}
    }

    /**
     * What pods are given.
     *
     * @param user the user and group that they run as
     * @param tmp how large their temporary folder may get
     * @param grace how long they have to stop
     * @param resources of participants whose spec names none
     */
    public record Pods(
            @DefaultValue("10001") long user,
            @DefaultValue("4Gi") String tmp,
            @DefaultValue("60s") Duration grace,
            @DefaultValue Amounts resources) {

        public Pods {
            if (user <= 0) {
                throw new IllegalArgumentException("mediasaga.operator.pods.user is " + user + "; root is not possible");
            }
        }
    }

    /** Requests and limits by the name of the resource. */
    public record Amounts(@Nullable Map<String, String> requests, @Nullable Map<String, String> limits) {
        public Amounts {
            requests = requests == null ? Map.of("cpu", "100m", "memory", "512Mi") : requests;
            limits = limits == null ? Map.of("memory", "1Gi") : limits;
        }
    }

    /** The Ingress of every participant that has a path. */
    public record Ingress(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("") String className,
            @DefaultValue("") String host,
            @DefaultValue("") String tlsSecret,
            @DefaultValue Map<String, String> annotations) {}

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "mediasaga.operator." + name + " is " + value + "; it has to be more than nothing");
        }
    }
}
