package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a saga says to people. */
final class Texts {

    private Texts() {}

    static String failed(String name, @Nullable Failure failure) {
        String reason = failure == null ? null : failure.reason() != null ? failure.reason() : failure.code();
        return name + " failed" + (reason == null ? " without saying why." : ": " + reason);
    }

    static String timedOut(String name, Duration timeout, int attempts) {
        return "%s did not answer within %s%s."
                .formatted(name, Durations.format(timeout), attempts > 1 ? " (attempt " + attempts + ")" : "");
    }

    static String tooLarge(String name, int limit) {
        return "%s succeeded, but its reply makes the data of the saga larger than %d bytes.".formatted(name, limit);
    }

    static String deadline(String name, Duration deadline) {
        return "The saga was not done within %s; it was at %s.".formatted(Durations.format(deadline), name);
    }

    static String by(String actor, String reason) {
        return reason.isBlank() ? "By " + actor + "." : "By " + actor + ": " + reason;
    }

    static String cancelled(String actor, String reason) {
        return reason.isBlank() ? "Cancelled by " + actor + "." : "Cancelled by " + actor + ": " + reason;
    }
}
