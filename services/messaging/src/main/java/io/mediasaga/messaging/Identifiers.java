package io.mediasaga.messaging;

import org.jspecify.annotations.Nullable;

/** What an identifier, and other short text from outside, may look like. */
public final class Identifiers {

    private Identifiers() {}

    /** Whether the text is an identifier: 1 to {@value Envelope#MAX_ID_LENGTH} printable characters, not all of them blank. */
    public static boolean isOne(String text) {
        return problem(text, Envelope.MAX_ID_LENGTH) == null;
    }

    /**
     * The identifier itself.
     *
     * @param field where it stands, for the message
     * @throws InvalidPayloadException when it is absent or none
     */
    public static String required(String field, @Nullable String text) {
        if (text == null) {
            throw new InvalidPayloadException("'" + field + "' is missing; it must have 1 to " + Envelope.MAX_ID_LENGTH
                    + " printable characters.");
        }
        String problem = problem(text, Envelope.MAX_ID_LENGTH);
        if (problem != null) {
            throw new InvalidPayloadException("'" + field + "' " + problem);
        }
        return text;
    }

    /**
     * What is wrong with text that has to be short, printable and not blank.
     *
     * @param longest the most characters it may have
     * @return the end of a sentence that begins with the field's name, {@code null} when nothing is wrong
     */
    public static @Nullable String problem(String text, int longest) {
        if (text.isBlank()) {
            return "is blank.";
        }
        if (text.length() > longest) {
            return "has " + text.length() + " characters; at most " + longest + " are accepted.";
        }
        return isPrintable(text) ? null : "has a control character or half a character in it.";
    }

    /** Whether text has neither control characters nor halves of characters. */
    public static boolean isPrintable(String text) {
        for (int i = 0, point; i < text.length(); i += Character.charCount(point)) {
            point = text.codePointAt(i);
            if (!isPrintable(point)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a code point is neither a control character nor half a character. */
    public static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.SURROGATE;
    }
}
