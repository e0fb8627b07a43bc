package io.mediasaga.orchestrator.engine;

/** What kind of reason a saga has to wait for a person. Each has its section in {@code docs/runbook.md}. */
public enum HeldCause {
    /** A step was refused or failed for good, and there is no way back, or none is wanted. */
    STEP_FAILED,
    /** A step was not answered in time, however often, and there is no way back, or none is wanted. */
    STEP_TIMED_OUT,
    /** The point of no return was not answered in time: nobody knows whether it has happened. */
    PIVOT_UNKNOWN,
    /** A step's reply makes the saga's data larger than they may be, and there is no way back, or none is wanted. */
    DATA_TOO_LARGE,
    /** A compensation was refused or failed for good. */
    COMPENSATION_FAILED,
    /** A compensation was not answered in time, however often. */
    COMPENSATION_TIMED_OUT
}
