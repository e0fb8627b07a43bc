package io.mediasaga.web;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a page ended: the sort key of its last row. Opaque to clients, and not secret. Immutable.
 *
 * @param parts the parts of the sort key, as text
 */
public record Cursor(List<String> parts) {

    private static final int MAX_LENGTH = 1024;

    public Cursor {
        parts = List.copyOf(parts);
    }

    /** A cursor of the given parts of a sort key; numbers, times ({@link Instant}) and text. */
    public static Cursor of(Object... parts) {
        return new Cursor(Arrays.stream(parts).map(String::valueOf).toList());
    }

    /**
     * Reads what a client sends back.
     *
     * @param text the cursor, {@code null} or empty for the first page
     * @param size how many parts it must have
     * @return {@code null} for the first page
     * @throws ProblemException 400 when the text is no cursor of ours
     */
    public static @Nullable Cursor parse(@Nullable String text, int size) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        if (text.length() > MAX_LENGTH) {
            throw invalid();
        }
        try {
            byte[] json = Base64.getUrlDecoder().decode(text);
            String[] parts = JsonMapper.shared().readValue(new String(json, StandardCharsets.UTF_8), String[].class);
            if (parts == null || parts.length != size || Arrays.asList(parts).contains(null)
                    || !Arrays.stream(parts).allMatch(StorableText::is)) {
                throw invalid();
            }
            return new Cursor(List.of(parts));
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalid();
        }
    }

    /** The cursor for the client. */
    public String encode() {
        byte[] json = JsonMapper.shared().writeValueAsBytes(parts);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
    }

    /** The part as text. */
    public String text(int index) {
        return parts.get(index);
    }

    /** The part as a number. @throws ProblemException 400 when it is none */
    public long number(int index) {
        return read(index, Long::parseLong);
    }

    /** The part as a time. @throws ProblemException 400 when it is none */
    public Instant instant(int index) {
        Instant time = read(index, Instant::parse);
        if (!StorableTime.is(time)) {
            throw invalid();
        }
        return time;
    }

    private <T> T read(int index, Function<String, T> reader) {
        try {
            return reader.apply(parts.get(index));
        } catch (RuntimeException e) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "INVALID_CURSOR",
                "The cursor is not one of ours: use the next_cursor of the page before, or none for the first page");
    }
}
