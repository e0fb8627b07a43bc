package io.mediasaga.messaging.envelope;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Identifiers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes envelopes as JSON in UTF-8. The payload is cut out as text and not parsed into values. Thread-safe. */
public final class EnvelopeCodec {

    private static final int MAX_NAME_LENGTH = 128;

    private final JsonFactory factory = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final int maxBytes;

    /** @param maxBytes the largest message that is read or written, in bytes */
    public EnvelopeCodec(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Reads what has been accepted before, when the limit may have been another. */
    public static EnvelopeCodec unlimited() {
        return new EnvelopeCodec(Integer.MAX_VALUE);
    }

    /** The largest message that is read or written, in bytes. */
    public int maxBytes() {
        return maxBytes;
    }

    /**
     * Reads an envelope.
     *
     * @throws InvalidEnvelopeException when it is none, or one that breaks the contract
     */
    public Envelope read(byte @Nullable [] value) throws InvalidEnvelopeException {
        if (value == null || value.length == 0) {
            throw new InvalidEnvelopeException("The record has no value; an envelope (a JSON object) is expected.");
        }
        if (value.length > maxBytes) {
            throw new InvalidEnvelopeException("The message has " + value.length + " bytes; at most " + maxBytes
                    + " are accepted. Put large data into storage and send its address.");
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), value)) {
            return new Fields(parser, value).read();
        } catch (JacksonException e) {
            throw new InvalidEnvelopeException("The message is not valid JSON: " + e.getOriginalMessage() + " (byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()) + ").");
        }
    }

    /** Writes an envelope. */
    public byte[] write(Envelope envelope) {
        var out = new ByteArrayOutputStream(256 + envelope.payload().length());
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeStringProperty("message_id", envelope.messageId());
            json.writeStringProperty("saga_id", envelope.sagaId());
            json.writeStringProperty("type", envelope.type());
            json.writeStringProperty("step", envelope.step());
            json.writeStringProperty("created_at", envelope.createdAt().toString());
            if (envelope.attempt() != null) {
                json.writeNumberProperty("attempt", envelope.attempt());
            }
            if (envelope.version() != 1) {
                json.writeNumberProperty("version", envelope.version());
            }
            if (envelope.compensates() != null) {
                json.writeStringProperty("compensates", envelope.compensates());
            }
            json.writeName("payload");
            json.writeRawValue(envelope.payload());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static final class Fields {
        private final JsonParser parser;
        private final byte[] value;
        private @Nullable String messageId;
        private @Nullable String sagaId;
        private @Nullable String type;
        private @Nullable String step;
        private @Nullable String createdAt;
        private @Nullable String payload;
        private @Nullable Integer attempt;
        private @Nullable Integer version;
        private @Nullable String compensates;

        Fields(JsonParser parser, byte[] value) {
            this.parser = parser;
            this.value = value;
        }

        Envelope read() throws InvalidEnvelopeException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidEnvelopeException("The message is not a JSON object.");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "message_id" -> messageId = identifier(name);
                    case "saga_id" -> sagaId = identifier(name);
                    case "type" -> type = text(name, MAX_NAME_LENGTH);
                    case "step" -> step = text(name, MAX_NAME_LENGTH);
                    case "created_at" -> createdAt = text(name, 64);
                    case "payload" -> payload = object();
                    case "attempt" -> attempt = number(name);
                    case "version" -> version = number(name);
                    case "compensates" -> compensates = nullableText(name);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new InvalidEnvelopeException("Something follows after the end of the JSON object.");
            }
            return new Envelope(
                    required("message_id", messageId),
                    required("saga_id", sagaId),
                    required("type", type),
                    required("step", step),
                    instant(required("created_at", createdAt)),
                    required("payload", payload),
                    attempt,
                    version == null ? 1 : version,
                    compensates);
        }

        private String identifier(String name) throws InvalidEnvelopeException {
            return text(name, Envelope.MAX_ID_LENGTH);
        }

        private @Nullable String nullableText(String name) throws InvalidEnvelopeException {
            return parser.currentToken() == JsonToken.VALUE_NULL ? null : text(name, MAX_NAME_LENGTH);
        }

        private String text(String name, int maxLength) throws InvalidEnvelopeException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new InvalidEnvelopeException("'" + name + "' is not a string.");
            }
            String text = parser.getString();
            String problem = Identifiers.problem(text, maxLength);
            if (problem != null) {
                throw new InvalidEnvelopeException("'" + name + "' " + problem);
            }
            return text;
        }

        private @Nullable Integer number(String name) throws InvalidEnvelopeException {
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                return null;
            }
            if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                    || parser.getNumberType() != JsonParser.NumberType.INT
                    || parser.getIntValue() < 1) {
                throw new InvalidEnvelopeException("'" + name + "' is not a whole number of at least 1.");
            }
            return parser.getIntValue();
        }

        private String object() throws InvalidEnvelopeException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidEnvelopeException("'payload' is not a JSON object.");
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            parser.skipChildren();
            int end = (int) parser.currentLocation().getByteOffset();
            if (start < 0 || end < start) {
                throw new InvalidEnvelopeException("The message is not in UTF-8.");
            }
            String text = new String(value, start, end - start, StandardCharsets.UTF_8);
            if (hasEscapedNul(text)) {
                throw new InvalidEnvelopeException(
                        "'payload' has a NUL character (\\u0000) in it, which cannot be stored.");
            }
            return text;
        }

        /** Looks for an escaped NUL whose backslash is not itself escaped. */
        private static boolean hasEscapedNul(String json) {
            for (int at = json.indexOf("\\u0000"); at >= 0; at = json.indexOf("\\u0000", at + 1)) {
                int backslashes = 1;
                while (at - backslashes >= 0 && json.charAt(at - backslashes) == '\\') {
                    backslashes++;
                }
                if (backslashes % 2 == 1) {
                    return true;
                }
            }
            return false;
        }

        private static Instant instant(String text) throws InvalidEnvelopeException {
            try {
                return OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .toInstant();
            } catch (DateTimeException e) {
                throw new InvalidEnvelopeException("'created_at' is '" + text
                        + "'; a time as in RFC 3339 is expected, for example 2026-01-10T12:00:00Z.");
            }
        }

        private static <T> T required(String name, @Nullable T value) throws InvalidEnvelopeException {
            if (value == null) {
                throw new InvalidEnvelopeException("'" + name + "' is missing.");
            }
            return value;
        }
    }
}
