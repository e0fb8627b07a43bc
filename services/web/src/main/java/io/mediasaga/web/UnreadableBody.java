package io.mediasaga.web;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Tells why a request's body cannot be read, and where. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemDetail problem(HttpMessageNotReadableException ex) {
        BodyTooLargeException tooLarge = cause(ex, BodyTooLargeException.class);
        if (tooLarge != null) {
            return tooLarge.problem();
        }
        JacksonException json = cause(ex, JacksonException.class);
        if (json == null) {
            return Problems.of(HttpStatus.BAD_REQUEST, "MALFORMED_BODY", "The body is missing or cannot be read");
        }
        return switch (json) {
            case UnrecognizedPropertyException unknown ->
                Problems.of(
                        HttpStatus.BAD_REQUEST,
                        "UNKNOWN_FIELD",
                        "The field %s is not known here%s".formatted(path(unknown), place(unknown)));
            case MismatchedInputException mismatch -> mismatch(json, mismatch.getTargetType());
            case InputCoercionException outOfRange -> mismatch(json, outOfRange.getTargetType());
            default ->
                Problems.of(
                        HttpStatus.BAD_REQUEST,
                        "MALFORMED_JSON",
                        "The body is not valid JSON%s".formatted(place(json)));
        };
    }

    private static ProblemDetail mismatch(JacksonException ex, @Nullable Class<?> type) {
        return Problems.of(
                HttpStatus.BAD_REQUEST,
                "INVALID_FIELD",
                "%s must be %s%s".formatted(path(ex), TypeNames.of(type), place(ex)));
    }

    /** The path of the field, as in {@code limits[2].bytes}. */
    private static String path(JacksonException ex) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : ex.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.isEmpty() ? "The body" : path.toString();
    }

    private static String place(JacksonException ex) {
        TokenStreamLocation location = ex.getLocation();
        return location == null || location.getLineNr() < 1
                ? ""
                : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable ex, Class<T> type) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
