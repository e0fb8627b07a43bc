package io.mediasaga.orchestrator.engine;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What is known of one step.
 *
 * @param progress how the step itself came out
 * @param happened whether it may have had an effect: it succeeded, or an attempt was never answered. Such a step is undone
 *     when the saga is compensated
 * @param undone whether its compensation is over (succeeded, skipped, or explicitly none)
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record StepState(Progress progress, boolean happened, boolean undone) {

    static final StepState PENDING = new StepState(Progress.PENDING, false, false);

    /** How a step came out. */
    public enum Progress {
        /** Not over yet, perhaps not begun. */
        PENDING,
        /** Its success was told. */
        SUCCEEDED,
        /** No further attempt is made. */
        FAILED,
        /** Passed over by an operator. */
        SKIPPED
    }

    /** Done as far as going forward is concerned. */
    boolean passed() {
        return progress == Progress.SUCCEEDED || progress == Progress.SKIPPED;
    }

    boolean needsUndoing() {
        return happened && !undone;
    }

    StepState with(Progress next) {
        return new StepState(next, happened || next == Progress.SUCCEEDED, undone);
    }

    StepState mayHaveHappened() {
        return happened ? this : new StepState(progress, true, undone);
    }

    StepState nowUndone() {
        return new StepState(progress, happened, true);
    }
}
