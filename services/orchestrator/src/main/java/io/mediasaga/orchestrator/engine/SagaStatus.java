package io.mediasaga.orchestrator.engine;

/**
 * Where a saga stands.
 *
 * <pre>
 * RUNNING ──all steps done──▶ COMPLETED
 *    │  ▲
 *    │  └──retry, skip, late success──┐
 *    ├──no way on, no way back──────▶ HELD ◀──a compensation is exhausted──┐
 *    │                                │ └──retry, skip, late success──▶ COMPENSATING
 *    └──a step gave up, cancelled, deadline──▶ COMPENSATING ──all undone──▶ COMPENSATED
 * </pre>
 */
public enum SagaStatus {
    /** Going through its steps. */
    RUNNING,
    /** Undoing, last step first, whatever may have happened. */
    COMPENSATING,
    /** Ended: every step is done. */
    COMPLETED,
    /** Ended: whatever may have happened is undone. */
    COMPENSATED,
    /** Waits for a person, who retries, skips or cancels. */
    HELD;

    /** Whether nothing will ever change again. */
    public boolean ended() {
        return this == COMPLETED || this == COMPENSATED;
    }
}
