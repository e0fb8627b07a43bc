package io.mediasaga.crd.definition;

import io.mediasaga.crd.definition.TopicUse.Kind;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Topics are Kafka's to bear, and each carries one sort of messages. */
final class TopicRules {

    private static final List<String> SAGA_EVENTS =
            List.of(SagaDefinition.COMPLETED_TOPIC, SagaDefinition.COMPENSATED_TOPIC);

    private TopicRules() {}

    static void check(MediaSagaSpec spec, Violations violations) {
        List<TopicUse> uses = TopicUse.in(spec);
        reserved(uses, violations);
        oneReader(uses, violations);
        oneDirection(uses, violations);
        metricNames(uses, violations);
    }

    private static void reserved(List<TopicUse> uses, Violations violations) {
        for (TopicUse use : uses) {
            boolean ours = use.kind() != Kind.LISTENS && SAGA_EVENTS.contains(use.topic());
            if (ours || use.topic().startsWith(SagaDefinition.deadLetterTopic(""))) {
                violations.add(
                        use.path(),
                        "'" + use.topic() + "' belongs to the platform",
                        "use a topic of your own, as in events.asset.created");
            }
        }
    }

    /** Each participant reads as a consumer group of its own: two of them would both get every command. */
    private static void oneReader(List<TopicUse> uses, Violations violations) {
        Map<String, String> readers = new HashMap<>();
        for (TopicUse use : uses) {
            if (use.kind() == Kind.COMMAND) {
                String reader = readers.putIfAbsent(use.topic(), use.participant());
                if (reader != null && !reader.equals(use.participant())) {
                    violations.add(
                            use.path(),
                            "'" + use.topic() + "' carries commands for " + reader + " and for " + use.participant(),
                            "give each participant command topics of its own");
                }
            }
        }
    }

    private static void oneDirection(List<TopicUse> uses, Violations violations) {
        Map<String, String> commands = new HashMap<>();
        uses.stream()
                .filter(use -> use.kind() == Kind.COMMAND)
                .forEach(use -> commands.putIfAbsent(use.topic(), use.path()));
        for (TopicUse use : uses) {
            String command = commands.get(use.topic());
            if (command != null && use.kind() != Kind.COMMAND) {
                violations.add(
                        use.path(),
                        "'" + use.topic() + "' carries the commands of " + command,
                        "use different topics for commands and events");
            }
        }
    }

    /** Kafka's metrics write '_' for '.', so it refuses a topic that differs from another in nothing else. */
    private static void metricNames(List<TopicUse> uses, Violations violations) {
        Map<String, String> topics = new HashMap<>();
        SAGA_EVENTS.forEach(topic -> topics.put(metricName(topic), topic));
        for (TopicUse use : uses) {
            String other = topics.putIfAbsent(metricName(use.topic()), use.topic());
            if (other != null && !other.equals(use.topic())) {
                violations.add(
                        use.path(),
                        "'" + use.topic() + "' and '" + other
                                + "' are one name in Kafka's metrics, which have '_' for '.'",
                        "rename one of them");
            }
        }
    }

    private static String metricName(String topic) {
        return topic.replace('.', '_');
    }
}
