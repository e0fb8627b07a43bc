package io.mediasaga.operator.status;

import io.mediasaga.operator.apply.Applied;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.model.Conflict;
import io.mediasaga.operator.model.ParticipantPlan;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.model.Rollout;
import io.mediasaga.operator.orchestrator.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** From what was found to a verdict on each aspect. */
final class Aspects {

    private static final Set<Kind> TOPIC_KINDS = Set.of(Kind.KAFKA_TOPIC, Kind.KAFKA_USER);
    static final Set<Kind> SECRET_KINDS = Set.of(Kind.SECRET, Kind.EXTERNAL_SECRET);
    private static final int MOST = 3;

    private Aspects() {}

    static Aspect topics(Findings findings) {
        var topics = findings.topics();
        var refusals = refusals(findings.applied(), TOPIC_KINDS);
        if (!refusals.isEmpty()) {
            return Aspect.bad("Refused", few(refusals));
        }
        var conflicts = conflicts(findings.plan(), Conflict.Subject.TOPIC);
        if (!conflicts.isEmpty()) {
            return Aspect.bad("Conflict", few(conflicts));
        }
        if (topics.obstacle().isPresent()) {
            return topics.obstacle().get();
        }
        if (!topics.problems().isEmpty()) {
            return Aspect.bad("NotReady", few(texts(topics.problems())));
        }
        if (topics.ready() < topics.total()) {
            return Aspect.pending("Creating", topics.ready() + " of " + topics.total() + " topics and users are ready");
        }
        var waiting = conflicts(findings.plan(), Conflict.Subject.PARTITIONS);
        if (!waiting.isEmpty()) {
            return Aspect.pending("WaitingForSagas", few(waiting));
        }
        return Aspect.good("Ready", topics.total() + " topics and users are ready");
    }

    static Aspect participants(Findings findings) {
        Plan plan = findings.plan();
        var refusals = findings.applied().refusals().stream()
                .filter(refusal -> !TOPIC_KINDS.contains(refusal.kind()) && !SECRET_KINDS.contains(refusal.kind()))
                .map(Aspects::text)
                .toList();
        if (!refusals.isEmpty()) {
            return Aspect.bad("Refused", few(refusals));
        }
        var conflicts = conflicts(plan, Conflict.Subject.PARTICIPANT);
        if (!conflicts.isEmpty()) {
            return Aspect.bad("Conflict", few(conflicts));
        }
        List<String> troubles = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        List<String> wanting = new ArrayList<>();
        for (ParticipantPlan participant : plan.participants()) {
            Rollout rollout = plan.observed().rollouts().get(participant.name());
            if (rollout != null && !rollout.complete() && rollout.serves(participant.settings().minReplicas())) {
                // What the spec asks for is there. That an autoscaler gets no more pods is worth a word, but fails nobody.
                rollout.troubles().forEach(trouble -> wanting.add(
                        "the autoscaler of " + participant.name() + " gets fewer pods than it asks for: " + trouble));
            } else if (rollout == null) {
                pending.add(participant.name() + (participant.deployable() ? "" : " waits for its credentials"));
            } else if (!rollout.troubles().isEmpty()) {
                troubles.add(participant.name() + ": " + few(rollout.troubles()));
            } else if (!rollout.complete()) {
                pending.add(participant.name() + " (" + rollout.ready() + " of " + rollout.desired()
                        + (rollout.ready() < rollout.desired() ? ")" : ", of an older kind in part)"));
            }
        }
        if (!troubles.isEmpty()) {
            return Aspect.bad("NotReady", few(troubles));
        }
        if (!pending.isEmpty()) {
            return Aspect.pending("RollingOut", "Not all pods are ready: " + String.join(", ", pending));
        }
        return Aspect.good(
                "Ready", plan.participants().size() + " participants are ready" + (wanting.isEmpty() ? "" : "; " + few(wanting)));
    }

    static Aspect definition(Findings findings) {
        if (findings.outcome().isEmpty()) {
            return Aspect.pending("WaitingForTopics", "It is handed to the orchestrator once its topics are ready");
        }
        return switch (findings.outcome().get()) {
            case Outcome.Accepted accepted -> Aspect.good(
                    findings.plan().topology().suspended() ? "Suspended" : "Accepted",
                    "The orchestrator runs version " + accepted.version()
                            + (findings.plan().topology().suspended() ? ", and starts no new sagas" : ""));
            case Outcome.Refused refused -> Aspect.bad("Refused", refused.message());
            case Outcome.Unknown unknown -> Aspect.pending("OrchestratorUnreachable", unknown.message());
        };
    }

    static List<String> refusals(Applied applied, Set<Kind> kinds) {
        return applied.refusals().stream()
                .filter(refusal -> kinds.contains(refusal.kind()))
                .map(Aspects::text)
                .toList();
    }

    private static String text(Applied.Refusal refusal) {
        return refusal.message().contains(refusal.name())
                ? refusal.message()
                : refusal.kind().kind() + " " + refusal.name() + ": " + refusal.message();
    }

    private static List<String> conflicts(Plan plan, Conflict.Subject subject) {
        return plan.conflicts().stream()
                .filter(conflict -> conflict.subject() == subject)
                .map(Conflict::message)
                .toList();
    }

    static List<String> texts(Map<String, String> problems) {
        return problems.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(problem -> problem.getKey() + " " + problem.getValue())
                .toList();
    }

    static String few(List<String> texts) {
        String first = Stream.of(texts).flatMap(List::stream).limit(MOST).collect(Collectors.joining("; "));
        return texts.size() <= MOST ? first : first + "; and " + (texts.size() - MOST) + " more";
    }
}
