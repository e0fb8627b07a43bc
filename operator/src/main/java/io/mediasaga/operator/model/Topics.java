package io.mediasaga.operator.model;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.topology.KafkaSettings;
import io.mediasaga.crd.topology.ParticipantSettings;
import io.mediasaga.crd.topology.Topology;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The topics of a saga. */
final class Topics {

    /** The orchestrator's own dead letters: replies that it could not read. */
    static final String ORCHESTRATOR_DEAD_LETTERS = SagaDefinition.deadLetterTopic("orchestrator");

    /** What the messaging library sends at most, with room for headers. */
    private static final int MESSAGE_BYTES = 1_048_588;

    private static final int DEAD_LETTER_BYTES = 2 * 1024 * 1024;

    private Topics() {}

    /** All that a saga needs to be there: commands, replies, what participants send beside, dead letters, saga events. */
    static SortedMap<String, TopicPlan> of(SagaDefinition definition, Topology topology) {
        KafkaSettings kafka = topology.kafka();
        SortedMap<String, TopicPlan> topics = new TreeMap<>();
        List<String> names = new ArrayList<>(definition.sentTopics());
        names.addAll(definition.replyTopics());
        topology.participants().forEach(participant -> names.addAll(participant.sends()));
        for (String name : names) {
            topics.put(name, topic(name, kafka, kafka.retention(), MESSAGE_BYTES));
        }
        List<String> dead = new ArrayList<>(topology.participants().stream()
                .map(ParticipantSettings::name)
                .map(SagaDefinition::deadLetterTopic)
                .toList());
        dead.add(ORCHESTRATOR_DEAD_LETTERS);
        for (String name : dead) {
            topics.put(name, topic(name, kafka, kafka.deadLetterRetention(), DEAD_LETTER_BYTES));
        }
        return topics;
    }

    private static TopicPlan topic(String name, KafkaSettings kafka, Duration retention, int bytes) {
        return new TopicPlan(
                name,
                kafka.partitions(),
                kafka.replicas(),
                Map.of(
                        "cleanup.policy", "delete",
                        "max.message.bytes", Integer.toString(bytes),
                        "min.insync.replicas", Integer.toString(kafka.minInsyncReplicas()),
                        "retention.ms", Long.toString(retention.toMillis())));
    }

    /** Those of a saga as they are wanted now: as an older saga has them, and no partitions more while sagas run. */
    static List<TopicPlan> plan(Saga self, List<Saga> older, Observed observed, List<Conflict> conflicts) {
        List<TopicPlan> plans = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        for (TopicPlan topic : self.topics().values()) {
            TopicPlan agreed = agreed(topic, self, older, conflicts);
            if (agreed == null) {
                continue;
            }
            Integer partitions = observed.partitions().get(agreed.name());
            boolean grows = partitions != null && partitions < agreed.partitions();
            boolean idle = observed.runningSagas().isPresent() && observed.runningSagas().getAsLong() == 0;
            if (grows && !idle) {
                waiting.add(agreed.name() + " (" + partitions + ")");
            }
            boolean keep = partitions != null && (grows ? !idle : true);
            plans.add(keep ? agreed.withPartitions(Objects.requireNonNull(partitions)) : agreed);
            if (partitions != null && partitions > agreed.partitions()) {
                conflicts.add(new Conflict(
                        Conflict.Subject.TOPIC,
                        "topic " + agreed.name() + " has " + partitions + " partitions, and Kafka cannot take any away; set "
                                + "spec.kafka.partitions to " + partitions));
            }
        }
        if (!waiting.isEmpty()) {
            conflicts.add(new Conflict(
                    Conflict.Subject.PARTITIONS,
                    waiting.size() + " topics have fewer than " + self.topology().kafka().partitions() + " partitions, as "
                            + waiting.getFirst() + "; they grow once no saga runs, because messages of one key would change "
                            + "their partition: suspend the saga and wait for the running ones"));
        }
        return plans;
    }

    /** The topic as the oldest saga wants it that has it; nothing when that one has it in another place. */
    private static @Nullable TopicPlan agreed(TopicPlan topic, Saga self, List<Saga> older, List<Conflict> conflicts) {
        for (Saga saga : older) {
            TopicPlan theirs = saga.topics().get(topic.name());
            if (theirs == null) {
                continue;
            }
            if (!samePlace(self.topology().kafka(), saga.topology().kafka())) {
                if (self.topology().kafka().management() == KafkaManagement.STRIMZI
                        && saga.topology().kafka().management() == KafkaManagement.STRIMZI) {
                    conflicts.add(new Conflict(
                            Conflict.Subject.TOPIC,
                            "topic " + topic.name() + " belongs to MediaSaga " + saga.id().name() + " on cluster "
                                    + saga.topology().kafka().cluster() + ", and this one wants it on "
                                    + self.topology().kafka().cluster() + "; use one cluster, or another namespace"));
                    return null;
                }
                continue;
            }
            if (!theirs.equals(topic) && !ofThePlatform(topic.name())) {
                conflicts.add(new Conflict(
                        Conflict.Subject.TOPIC,
                        "topic " + topic.name() + " belongs to MediaSaga " + saga.id().name() + ", which has "
                                + differences(theirs, topic) + "; make spec.kafka of both equal"));
            }
            return theirs;
        }
        return topic;
    }

    private static boolean samePlace(KafkaSettings one, KafkaSettings other) {
        return one.management() == other.management()
                && (one.management() == KafkaManagement.STRIMZI
                        ? one.cluster().equals(other.cluster())
                        : Objects.equals(one.bootstrapServers(), other.bootstrapServers()));
    }

    /** Every saga has these, and is content with them as they are. */
    private static boolean ofThePlatform(String topic) {
        return topic.equals(SagaDefinition.COMPLETED_TOPIC)
                || topic.equals(SagaDefinition.COMPENSATED_TOPIC)
                || topic.startsWith(SagaDefinition.deadLetterTopic(""));
    }

    private static String differences(TopicPlan theirs, TopicPlan mine) {
        List<String> different = new ArrayList<>();
        if (theirs.partitions() != mine.partitions()) {
            different.add(theirs.partitions() + " partitions, and this one wants " + mine.partitions());
        }
        if (theirs.replicas() != mine.replicas()) {
            different.add(theirs.replicas() + " replicas, and this one wants " + mine.replicas());
        }
        mine.config().forEach((key, value) -> {
            if (!value.equals(theirs.config().get(key))) {
                different.add(key + " " + theirs.config().get(key) + ", and this one wants " + value);
            }
        });
        return String.join("; ", different);
    }
}
