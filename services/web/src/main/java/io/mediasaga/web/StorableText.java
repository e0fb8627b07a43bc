package io.mediasaga.web;

/** Text that neither PostgreSQL nor UTF-8 can hold: NUL, and halves of surrogate pairs, which JSON lets through as escapes. */
public final class StorableText {

    /** What to tell the sender, behind the name of what was sent. */
    public static final String WHY_NOT = "has a NUL character or half a character in it, which cannot be stored";

    private StorableText() {}

    /** Whether it can be stored. */
    public static boolean is(String text) {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                at++;
                if (at == text.length() || !Character.isLowSurrogate(text.charAt(at))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The text with a question mark in place of what cannot be stored. */
    public static String shown(String text) {
        return text.codePoints()
                .map(c -> c != 0 && Character.getType(c) != Character.SURROGATE ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
