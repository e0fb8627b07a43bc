package io.mediasaga.quota;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Checks what comes over HTTP. */
final class Requests {

    static final int MAX_NOTE = 500;

    private Requests() {}

    static String owner(String owner) {
        return id("owner", owner);
    }

    static Limits limits(LimitsChange change) {
        return new Limits(
                number("limit_bytes", change.limitBytes(), 0, Limits.MAX_BYTES),
                number("limit_assets", change.limitAssets(), 0, Limits.MAX_ASSETS));
    }

    static String adjustmentId(Adjustment adjustment) {
        return id("adjustment_id", adjustment.adjustmentId());
    }

    static QuotaWriter.Amounts amounts(Adjustment adjustment) {
        return new QuotaWriter.Amounts(
                number("bytes", adjustment.bytes(), -Limits.MAX_BYTES, Limits.MAX_BYTES),
                number("assets", adjustment.assets(), -Limits.MAX_ASSETS, Limits.MAX_ASSETS));
    }

    static String note(Adjustment adjustment) {
        String note = adjustment.note();
        if (note == null || note.isBlank() || note.length() > MAX_NOTE || note.indexOf('\0') >= 0) {
            throw invalid("note must tell why, in at most %d characters".formatted(MAX_NOTE));
        }
        return note.strip();
    }

    private static String id(String name, @Nullable String value) {
        if (value == null || !Ids.isOne(value)) {
            throw invalid("%s must have 1 to %d printable characters and must not be blank"
                    .formatted(name, Envelope.MAX_ID_LENGTH));
        }
        return value;
    }

    private static long number(String name, @Nullable Long value, long min, long max) {
        if (value == null || value < min || value > max) {
            throw invalid("%s must be a whole number from %d to %d".formatted(name, min, max));
        }
        return value;
    }

    private static ProblemException invalid(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "VALIDATION_FAILED", detail);
    }
}
