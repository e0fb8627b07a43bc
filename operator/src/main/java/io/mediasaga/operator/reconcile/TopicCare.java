package io.mediasaga.operator.reconcile;

import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.operator.apply.Caches;
import io.mediasaga.operator.apply.Kind;
import io.mediasaga.operator.kafka.DirectTopics;
import io.mediasaga.operator.kafka.TopicState;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.model.TopicPlan;
import io.mediasaga.operator.model.UserPlan;
import io.mediasaga.operator.status.Aspect;
import io.mediasaga.operator.status.Findings.TopicFindings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** How topics are, whoever makes them. Those of the operator's own are looked at once a minute, or when they change. */
final class TopicCare {

    private static final Duration AFTER_SUCCESS = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    /** So long a Kafka that has answered before may be silent before it is said. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final DirectTopics direct;
    private final Caches caches;
    private final Clock clock;
    private final Map<String, Looked> looked = new ConcurrentHashMap<>();

    /** @param answered when Kafka was last heard of; {@link Instant#MIN} for never */
    private record Looked(
            List<TopicPlan> topics, TopicState state, Map<String, Integer> partitions, Instant answered, Instant next) {}

    TopicCare(DirectTopics direct, Caches caches, Clock clock) {
        this.direct = direct;
        this.caches = caches;
        this.clock = clock;
    }

    /** How many partitions there were when they were last seen, where nobody but the broker knows. */
    Map<String, Integer> partitions(Saga saga) {
        Looked before = looked.get(saga.id().uid());
        return before == null ? Map.of() : before.partitions();
    }

    /** Sees to the topics, and tells how they are. */
    TopicFindings findings(Saga saga, Plan plan) {
        return saga.topology().kafka().management() == KafkaManagement.DIRECT ? direct(saga, plan) : strimzi(plan);
    }

    private TopicFindings direct(Saga saga, Plan plan) {
        Looked before = looked.get(saga.id().uid());
        Instant now = clock.instant();
        TopicState state;
        if (before != null && before.topics().equals(plan.topics()) && now.isBefore(before.next())) {
            state = before.state();
        } else {
            // A topic that is there and was not seen yet may be in use.
            boolean idle = plan.observed().runningSagas().orElse(1) == 0;
            state = direct.ensure(servers(saga), plan.topics(), idle);
            boolean seen = state.unreachable().isEmpty();
            Map<String, Integer> partitions = seen || before == null ? state.partitions() : before.partitions();
            boolean well = seen && state.problems().isEmpty();
            Instant answered = seen ? now : before == null ? Instant.MIN : before.answered();
            boolean onlySlow = !seen
                    && before != null
                    && before.topics().equals(plan.topics())
                    && before.state().unreachable().isEmpty()
                    && now.isBefore(answered.plus(PATIENCE));
            if (onlySlow) {
                state = before.state();
            }
            looked.put(
                    saga.id().uid(),
                    new Looked(plan.topics(), state, partitions, answered, now.plus(well ? AFTER_SUCCESS : AFTER_FAILURE)));
        }
        return new TopicFindings(
                plan.topics().size(), state.ready(), state.problems(),
                state.unreachable().stream().findFirst().map(why -> Aspect.pending("KafkaUnreachable", why)));
    }

    private TopicFindings strimzi(Plan plan) {
        int total = plan.topics().size() + plan.users().size();
        if (!plan.observed().apis().contains(Api.STRIMZI)) {
            return new TopicFindings(total, 0, Map.of(), Optional.of(Aspect.bad(
                    "StrimziMissing",
                    "The cluster does not serve " + Api.STRIMZI.apiVersion()
                            + "; install Strimzi, or set spec.kafka.management to Direct")));
        }
        int ready = 0;
        Map<String, String> problems = new TreeMap<>();
        String namespace = plan.id().namespace();
        for (TopicPlan topic : plan.topics()) {
            ready += ready(Kind.KAFKA_TOPIC, namespace, topic.resourceName(), "topic " + topic.name(), problems);
        }
        for (UserPlan user : plan.users()) {
            ready += ready(Kind.KAFKA_USER, namespace, user.name(), "user " + user.name(), problems);
        }
        return new TopicFindings(total, ready, problems, Optional.empty());
    }

    private int ready(Kind kind, String namespace, String name, String subject, Map<String, String> problems) {
        var resource = caches.get(kind, namespace, name);
        if (resource.isEmpty()) {
            return 0;
        }
        Conditions conditions = Conditions.of(resource.get());
        conditions.problem("Ready").ifPresent(problem -> problems.put(subject, "is refused: " + problem));
        return conditions.holds("Ready") ? 1 : 0;
    }

    /** When to look again although nothing has happened. */
    Optional<Duration> next(Saga saga) {
        return Optional.ofNullable(looked.get(saga.id().uid())).map(last -> Duration.between(clock.instant(), last.next()));
    }

    /** Removes the operator's own topics with all messages. */
    void delete(Saga saga, List<String> topics) {
        direct.delete(servers(saga), topics);
    }

    void forget(String uid) {
        looked.remove(uid);
    }

    private static String servers(Saga saga) {
        return Objects.requireNonNull(saga.topology().kafka().bootstrapServers(), "a valid spec names them");
    }
}
