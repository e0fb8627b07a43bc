package io.mediasaga.orchestrator.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a saga is at: one attempt of a step or of a compensation.
 *
 * @param step index of the step
 * @param compensation whether the step is being undone
 * @param attempt counts the attempts of this step (of this compensation) from 1; echoed in replies
 * @param firstAttempt the attempt that the present budget of retries began with; an operator's retry begins a new one
 * @param phase whether the attempt is out, or over
 * @param since when the phase began
 * @param due when the phase ends by itself, standstills left out of account; {@code null} once exhausted
 * @param armedAt when the timeout began to count anew, because the command was sent late; {@code null} when with the phase
 */
public record Activity(
        int step,
        boolean compensation,
        int attempt,
        int firstAttempt,
        Phase phase,
        Instant since,
        @Nullable Instant due,
        @Nullable Instant armedAt) {

    /** Where an attempt stands. */
    public enum Phase {
        /** Waits for its reply until it is due. */
        IN_FLIGHT,
        /** Over without success; the next attempt is made when due. */
        BACKOFF,
        /** Over without success, and no further attempt is made. */
        EXHAUSTED
    }

    static Activity first(int step, boolean compensation, Instant now, Duration timeout) {
        return new Activity(step, compensation, 1, 1, Phase.IN_FLIGHT, now, now.plus(timeout), null);
    }

    boolean inFlight() {
        return phase == Phase.IN_FLIGHT;
    }

    /** How many attempts of the present budget have been made, this one included. */
    int spent() {
        return attempt - firstAttempt + 1;
    }

    boolean isDue(Instant now) {
        return due != null && !due.isAfter(now);
    }

    Activity next(Instant now, Duration timeout) {
        return new Activity(step, compensation, attempt + 1, firstAttempt, Phase.IN_FLIGHT, now, now.plus(timeout), null);
    }

    Activity nextWithNewBudget(Instant now, Duration timeout) {
        return new Activity(step, compensation, attempt + 1, attempt + 1, Phase.IN_FLIGHT, now, now.plus(timeout), null);
    }

    Activity backoff(Instant now, Duration pause) {
        return new Activity(step, compensation, attempt, firstAttempt, Phase.BACKOFF, now, now.plus(pause), null);
    }

    Activity exhausted(Instant now) {
        return new Activity(step, compensation, attempt, firstAttempt, Phase.EXHAUSTED, now, null, null);
    }

    /** The same with as much time left as before the clock stood still. */
    Activity shifted(Duration stoodStill) {
        return due == null ? this : due(due.plus(stoodStill), armedAt);
    }

    /** The same with all its time, from now on. */
    Activity armedAnew(Instant now, Duration timeout) {
        return due(now.plus(timeout), now);
    }

    /** The same without what counts for no timeout. Only to be looked at: postponed again, it would be later still. */
    Activity postponed(List<Standstill> standstills) {
        return due == null || standstills.isEmpty()
                ? this
                : due(Standstill.postpone(standstills, armedAt == null ? since : armedAt, due), armedAt);
    }

    private Activity due(Instant newDue, @Nullable Instant newArmedAt) {
        return new Activity(step, compensation, attempt, firstAttempt, phase, since, newDue, newArmedAt);
    }
}
