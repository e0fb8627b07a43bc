package io.mediasaga.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When a saga has to be looked at again, and what standing still does to it. */
final class Clocks {

    /** A command that cannot be sent for longer than this though Kafka answers is not worth waiting for. */
    private static final Duration LONGEST_UNSENT = Duration.ofMinutes(10);

    private Clocks() {}

    /** When the saga moves by itself next; {@code null} when only a message or a person moves it. */
    static @Nullable Instant due(Draft saga) {
        Activity at = saga.activity;
        if (at == null || saga.stoppedAt != null) {
            return null;
        }
        boolean deadlineFirst = deadlineHolds(saga) && (at.due() == null || saga.deadline.isBefore(at.due()));
        return deadlineFirst ? saga.deadline : at.due();
    }

    /** The deadline turns a saga back only while turning back is safe; later retries and people see to its end. */
    static boolean deadlineHolds(Draft saga) {
        return saga.status == SagaStatus.RUNNING && PointOfNoReturn.canTurnBack(saga);
    }

    /** Whether a command that has not been sent by now is still likely to be. */
    static boolean maybeSentYet(Draft saga, List<Standstill> standstills) {
        Instant since = saga.current().since();
        return saga.now.isBefore(Standstill.postpone(standstills, since, since.plus(LONGEST_UNSENT)));
    }

    static void stop(Draft saga) {
        if (saga.stoppedAt == null) {
            saga.stoppedAt = saga.now;
        }
    }

    /** Lets the clock go on, with as much time left as when it was stopped, unless there is another cause to stand. */
    static void restart(Draft saga) {
        if (saga.stoppedAt == null || saga.paused || saga.status == SagaStatus.HELD) {
            return;
        }
        Duration stoodStill = Duration.between(saga.stoppedAt, saga.now);
        if (stoodStill.isPositive()) {
            saga.deadline = saga.deadline.plus(stoodStill);
            saga.activity = saga.current().shifted(stoodStill);
        }
        saga.stoppedAt = null;
    }
}
