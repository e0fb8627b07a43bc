package io.mediasaga.orchestrator.engine;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A reply that cannot be acted on yet: the saga is not at its step, or is paused. At most one is kept for each step and
 * each compensation, so their number is bounded.
 *
 * @param step index of the step
 * @param compensation whether it answers the step's compensation
 * @param failure what went wrong; {@code null} for success
 * @param fields the fields that the saga keeps of a success
 */
public record KeptReply(int step, boolean compensation, @Nullable Failure failure, ObjectNode fields) {

    boolean success() {
        return failure == null;
    }

    boolean answers(Activity activity) {
        return step == activity.step() && compensation == activity.compensation();
    }

    boolean sameActivity(KeptReply other) {
        return step == other.step && compensation == other.compensation;
    }
}
