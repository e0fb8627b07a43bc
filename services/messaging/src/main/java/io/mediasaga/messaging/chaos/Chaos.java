package io.mediasaga.messaging.chaos;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Outcome;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Carries out a {@link ChaosPlan} in this process. Thread-safe. */
public final class Chaos {

    /** Off. */
    public static final Chaos NONE = new Chaos(ChaosPlan.NONE, Duration.ZERO);

    private static final int REMEMBERED = 100_000;

    private final ChaosPlan plan;
    private final Duration dropPause;
    private final Map<Kind, LongAdder> struck = new EnumMap<>(Kind.class);
    private final Set<String> thrown = ConcurrentHashMap.newKeySet();

    /** @param dropPause how long the relay leaves alone what was dropped */
    public Chaos(ChaosPlan plan, Duration dropPause) {
        this.plan = plan;
        this.dropPause = dropPause;
        for (Kind kind : Kind.values()) {
            struck.put(kind, new LongAdder());
        }
    }

    /** What is simulated. */
    public enum Kind {
        DROPPED,
        DELAYED,
        THROWN,
        REFUSED
    }

    /** How often it was simulated. */
    public long count(Kind kind) {
        return struck.get(kind).sum();
    }

    private void note(Kind kind) {
        struck.get(kind).increment();
    }

    /**
     * For how long the message is not sent now: {@code null} when it is sent, zero when the relay may send it at once.
     *
     * @param first whether it is its first send
     */
    public @Nullable Duration keepsBack(String topic, String key, boolean first) {
        if (plan.seed() == 0 || !first) {
            boolean dropped = plan.dropShare() > 0 && RandomGenerator.getDefault().nextDouble() < plan.dropShare();
            if (dropped) {
                note(Kind.DROPPED);
            }
            return dropped ? dropPause : null;
        }
        if (plan.drops(topic, key)) {
            note(Kind.DROPPED);
            return dropPause;
        }
        Duration held = plan.holdsBack(topic, key);
        if (!held.isPositive()) {
            return null;
        }
        note(Kind.DELAYED);
        return held;
    }

    /**
     * Called before the message is handled.
     *
     * @param command whether it is the command of a step (and no compensation)
     * @throws SimulatedFailure when its handler is to throw
     */
    public void strike(Envelope message, boolean command) {
        if (command) {
            switch (plan.fault(message.sagaId(), message.step())) {
                case DIES -> {
                    note(Kind.THROWN);
                    throw new SimulatedFailure(message.step());
                }
                case THROWS -> once(message, message.step());
                case NONE, FAILS_ONCE, REFUSED -> {}
            }
        } else if (plan.throwsOnce(message.sagaId(), message.type())) {
            once(message, message.type());
        }
    }

    private void once(Envelope message, String what) {
        if (thrown.size() > REMEMBERED) {
            thrown.clear();
        }
        if (thrown.add(message.sagaId() + " " + what)) {
            note(Kind.THROWN);
            throw new SimulatedFailure(what);
        }
    }

    /** What the command of a step is answered in place of its handler; {@code null} when the handler is asked. */
    public Outcome.@Nullable Failure answer(Envelope command) {
        Outcome.Failure answer = answerOf(command);
        if (answer != null) {
            note(Kind.REFUSED);
        }
        return answer;
    }

    private Outcome.@Nullable Failure answerOf(Envelope command) {
        return switch (plan.fault(command.sagaId(), command.step())) {
            case REFUSED -> Outcome.refused("SIMULATED", "Refused on purpose (mediasaga.messaging.chaos).");
            case FAILS_ONCE -> {
                Integer attempt = command.attempt();
                yield attempt == null || attempt > 1
                        ? null
                        : Outcome.failed("SIMULATED", "Failed once on purpose (mediasaga.messaging.chaos).");
            }
            case NONE, THROWS, DIES -> null;
        };
    }
}
