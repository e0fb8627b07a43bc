package io.mediasaga.operator.model;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.topology.ParticipantSettings;
import java.util.List;
import java.util.TreeSet;

/** Who may read and write which topics: what the steps ask for and nothing else. */
final class Users {

    private Users() {}

    /** A participant's user; it carries out the steps of every saga that names it. */
    static UserPlan participant(String name, List<Saga> sagas) {
        var reads = new TreeSet<String>();
        var writes = new TreeSet<String>();
        writes.add(SagaDefinition.deadLetterTopic(name));
        for (Saga saga : sagas) {
            saga.participant(name).ifPresent(settings -> {
                reads.addAll(settings.listens());
                writes.addAll(settings.sends());
            });
            for (ResolvedStep step : saga.definition().steps()) {
                if (step.participant().equals(name)) {
                    step.commands().forEach(command -> reads.add(command.topic()));
                    step.replies().forEach(reply -> writes.add(reply.topic()));
                }
            }
        }
        return new UserPlan(name, name, reads, writes);
    }

    /** The orchestrator's: replies and dead letters in, commands and saga events out, and what it redrives. */
    static UserPlan orchestrator(List<Saga> sagas) {
        var reads = new TreeSet<String>();
        var writes = new TreeSet<String>();
        reads.add(Topics.ORCHESTRATOR_DEAD_LETTERS);
        writes.add(Topics.ORCHESTRATOR_DEAD_LETTERS);
        for (Saga saga : sagas) {
            reads.addAll(saga.definition().replyTopics());
            reads.addAll(saga.definition().deadLetterTopics());
            writes.addAll(saga.definition().sentTopics());
            writes.addAll(saga.definition().replyTopics()); // redriven to the orchestrator itself
            for (ParticipantSettings participant : saga.topology().participants()) {
                writes.addAll(participant.listens());
            }
        }
        return new UserPlan(Names.ORCHESTRATOR_USER, "orchestrator", reads, writes);
    }
}
