package io.mediasaga.operator.kafka;

import io.mediasaga.operator.model.TopicPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Topics by Kafka's admin client: made when missing, put right where that harms nothing, never made smaller, never
 * removed unless told so. Thread-safe.
 */
public final class DirectTopics implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DirectTopics.class);
    private static final int TIMEOUT_MILLIS = 10_000;
    /** Hundreds of partitions at once take a small broker a while. */
    private static final int CREATION_MILLIS = 30_000;

    private final Map<String, String> properties;
    private final Map<String, Admin> admins = new ConcurrentHashMap<>();

    /** @param properties of the admin client beside the addresses, such as logins */
    public DirectTopics(Map<String, String> properties) {
        this.properties = Map.copyOf(properties);
    }

    /**
     * Sees to topics.
     *
     * @param servers where Kafka is
     * @param topics what is wanted
     * @param mayGrow whether partitions are added to a topic that has fewer than wanted
     */
    public TopicState ensure(String servers, Collection<TopicPlan> topics, boolean mayGrow) {
        try {
            Admin admin = admin(servers);
            Map<String, String> problems = new LinkedHashMap<>();
            Map<String, TopicDescription> there = describe(admin, topics);
            create(admin, topics.stream().filter(topic -> !there.containsKey(topic.name())).toList(), problems);
            Map<String, Integer> partitions = new HashMap<>();
            for (TopicPlan topic : topics) {
                TopicDescription description = there.get(topic.name());
                if (description != null) {
                    int count = description.partitions().size();
                    check(admin, topic, description, mayGrow, problems);
                    boolean grown = mayGrow && !problems.containsKey(topic.name());
                    partitions.put(topic.name(), grown ? Math.max(count, topic.partitions()) : count);
                }
            }
            configure(admin, topics.stream().filter(topic -> there.containsKey(topic.name())).toList(), problems);
            return new TopicState(topics.size() - problems.size(), problems, partitions, List.of());
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            return TopicState.unreachable(
                    "Kafka does not answer at " + servers + " (" + why(cause) + "); see spec.kafka.bootstrapServers");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return TopicState.unreachable("Interrupted");
        }
    }

    /** In words that stay the same while the trouble does: the client's own name the call and its moment. */
    private static String why(Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException) {
            return "no answer in time";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static Map<String, TopicDescription> describe(Admin admin, Collection<TopicPlan> topics)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, TopicDescription> there = new HashMap<>();
        var answers = admin.describeTopics(topics.stream().map(TopicPlan::name).toList()).topicNameValues();
        for (var answer : answers.entrySet()) {
            try {
                there.put(answer.getKey(), answer.getValue().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return there;
    }

    private static void create(Admin admin, List<TopicPlan> missing, Map<String, String> problems)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (missing.isEmpty()) {
            return;
        }
        var answers = admin.createTopics(missing.stream()
                        .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) topic.replicas())
                                .configs(topic.config()))
                        .toList())
                .values();
        for (var answer : answers.entrySet()) {
            try {
                answer.getValue().get(CREATION_MILLIS, TimeUnit.MILLISECONDS);
                log.info("Created topic {}", answer.getKey());
            } catch (ExecutionException e) {
                passOn(e);
                if (!(e.getCause() instanceof TopicExistsException)) {
                    problems.put(answer.getKey(), "cannot be created: " + e.getCause().getMessage());
                }
            }
        }
    }

    private static void check(
            Admin admin, TopicPlan topic, TopicDescription there, boolean mayGrow, Map<String, String> problems)
            throws ExecutionException, InterruptedException, TimeoutException {
        int copies = there.partitions().getFirst().replicas().size();
        if (copies != topic.replicas()) {
            problems.put(
                    topic.name(),
                    "has " + copies + " replicas, and " + topic.replicas()
                            + " are wanted; reassign its partitions, or set spec.kafka.replicas");
        }
        if (mayGrow && there.partitions().size() < topic.partitions()) {
            try {
                admin.createPartitions(Map.of(topic.name(), NewPartitions.increaseTo(topic.partitions())))
                        .all()
                        .get(CREATION_MILLIS, TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                passOn(e);
                problems.put(topic.name(), "cannot get " + topic.partitions() + " partitions: " + e.getCause().getMessage());
            }
        }
    }

    private static void configure(Admin admin, List<TopicPlan> topics, Map<String, String> problems)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (topics.isEmpty()) {
            return;
        }
        Map<ConfigResource, Config> configs = admin.describeConfigs(topics.stream()
                        .map(DirectTopics::resource)
                        .toList())
                .all()
                .get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicPlan topic : topics) {
            List<AlterConfigOp> operations = new ArrayList<>();
            topic.config().forEach((key, value) -> {
                ConfigEntry entry = configs.get(resource(topic)).get(key);
                if (entry == null || !value.equals(entry.value())) {
                    operations.add(new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET));
                }
            });
            if (!operations.isEmpty()) {
                changes.put(resource(topic), operations);
            }
        }
        if (!changes.isEmpty()) {
            var answers = admin.incrementalAlterConfigs(changes).values();
            for (var answer : answers.entrySet()) {
                try {
                    answer.getValue().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                } catch (ExecutionException e) {
                    passOn(e);
                    problems.put(answer.getKey().name(), "cannot be configured: " + e.getCause().getMessage());
                }
            }
        }
    }

    /** A broker that is too slow has refused nothing. */
    private static void passOn(ExecutionException e) throws ExecutionException {
        if (e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException) {
            throw e;
        }
    }

    private static ConfigResource resource(TopicPlan topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    }

    /** Removes topics with all their messages; those that are gone already are well. */
    public void delete(String servers, Collection<String> topics) {
        try {
            var answers = admin(servers).deleteTopics(topics).topicNameValues();
            for (var answer : answers.entrySet()) {
                try {
                    answer.getValue().get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                        log.warn("Cannot delete topic {}: {}", answer.getKey(), e.getCause().getMessage());
                    }
                }
            }
        } catch (TimeoutException | KafkaException e) {
            log.warn("Cannot delete topics at {}: {}", servers, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Admin admin(String servers) {
        return admins.computeIfAbsent(servers, address -> {
            Map<String, Object> all = new HashMap<>(properties);
            all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address);
            all.put(AdminClientConfig.CLIENT_ID_CONFIG, "mediasaga-operator");
            all.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, CREATION_MILLIS - 1000);
            all.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CREATION_MILLIS - 1000);
            return Admin.create(all);
        });
    }

    @Override
    public void close() {
        admins.values().forEach(admin -> admin.close(Duration.ofSeconds(2)));
    }
}
