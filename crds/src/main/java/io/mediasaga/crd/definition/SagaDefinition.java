package io.mediasaga.crd.definition;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A saga as it is run: complete, with every default filled in, and free of what only concerns its surroundings (images,
 * replicas, brokers). Immutable.
 *
 * @param name the name of the MediaSaga that it comes from
 * @param deadline how long a saga may take, compensations not counted
 * @param data what a saga carries
 * @param steps the steps in order; at least one
 */
public record SagaDefinition(String name, Duration deadline, DataRules data, List<ResolvedStep> steps) {

    /** The topic of the event that a saga has ended well; its type is {@value #COMPLETED_TYPE}. */
    public static final String COMPLETED_TOPIC = "events.saga.completed";

    public static final String COMPLETED_TYPE = "SagaCompleted";

    /** The topic of the event that a saga has ended undone; its type is {@value #COMPENSATED_TYPE}. */
    public static final String COMPENSATED_TOPIC = "events.saga.compensated";

    public static final String COMPENSATED_TYPE = "SagaCompensated";

    private static final String DEAD_LETTERS = "deadletters.";

    public SagaDefinition {
        steps = List.copyOf(steps);
    }

    /** The topic of a participant's dead letters. */
    public static String deadLetterTopic(String participant) {
        return DEAD_LETTERS + participant;
    }

    /**
     * Where a message belongs.
     *
     * @param topic the topic that it came from
     * @param type the envelope's type
     * @param step the envelope's step, upper snake case
     * @return empty when the message answers no step and no compensation
     */
    public Optional<ReplyMatch> match(String topic, String type, @Nullable String step) {
        for (int i = 0; i < steps.size(); i++) {
            ReplyMatch match = steps.get(i).match(i, topic, type, step);
            if (match != null) {
                return Optional.of(match);
            }
        }
        return Optional.empty();
    }

    /**
     * The index of a step.
     *
     * @param step the name, PascalCase or as on the wire
     */
    public OptionalInt indexOf(String step) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(step) || steps.get(i).wireName().equals(step)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** The index of the pivot; empty when there is none, and so a way back from every step. */
    public OptionalInt pivotIndex() {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).pivot()) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** Whether once this step has succeeded there is no way back: it is the pivot or comes after it. */
    public boolean pointOfNoReturn(int step) {
        OptionalInt pivot = pivotIndex();
        return pivot.isPresent() && step >= pivot.getAsInt();
    }

    /** Participants in order of their first step. */
    public Set<String> participants() {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(step -> names.add(step.participant()));
        return names;
    }

    /** The topics of all replies: what the orchestrator listens to. */
    public Set<String> replyTopics() {
        Set<String> topics = new LinkedHashSet<>();
        steps.forEach(step -> step.replies().forEach(reply -> topics.add(reply.topic())));
        return topics;
    }

    /** The topics of all commands, compensations included. */
    public Set<String> commandTopics() {
        Set<String> topics = new LinkedHashSet<>();
        steps.forEach(step -> step.commands().forEach(command -> topics.add(command.topic())));
        return topics;
    }

    /** The dead-letter topics of all participants: what the orchestrator lists and redrives. */
    public Set<String> deadLetterTopics() {
        Set<String> topics = new LinkedHashSet<>();
        participants().forEach(name -> topics.add(deadLetterTopic(name)));
        return topics;
    }

    /** Everything that the orchestrator sends to: commands, and the events of ended sagas. */
    public Set<String> sentTopics() {
        Set<String> topics = new LinkedHashSet<>(commandTopics());
        topics.add(COMPLETED_TOPIC);
        topics.add(COMPENSATED_TOPIC);
        return topics;
    }
}
