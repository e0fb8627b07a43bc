package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Json;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.exc.MismatchedInputException;

/** Reads payloads; what is wrong with one is told by its field, as whoever sent it knows it. */
final class Payloads {

    private Payloads() {}

    /** @throws InvalidPayloadException when the payload does not have the shape of the type */
    static Object read(Envelope envelope, JavaType type) {
        try {
            return Json.read(envelope.payload(), type);
        } catch (JacksonException e) {
            throw new InvalidPayloadException("The payload of %s cannot be read: %s".formatted(envelope.type(), why(e)), e);
        }
    }

    private static String why(JacksonException e) {
        @Nullable Class<?> wanted = switch (e) {
            case MismatchedInputException mismatch -> mismatch.getTargetType();
            case InputCoercionException outOfRange -> outOfRange.getTargetType();
            default -> null;
        };
        String field = field(e);
        return wanted == null || field.isEmpty() ? e.getOriginalMessage() : field + " must be " + kind(wanted);
    }

    /** As in {@code renditions[2].height}. */
    private static String field(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            if (step.getPropertyName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return path.toString();
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            return "a number";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            boolean wide = type == long.class || type == Long.class;
            return "a whole number of at most " + (wide ? Long.MAX_VALUE : Integer.MAX_VALUE);
        }
        if (type == Instant.class) {
            return "a time such as 2026-01-10T12:00:00Z";
        }
        return Collection.class.isAssignableFrom(type) || type.isArray() ? "a list" : "an object";
    }
}
