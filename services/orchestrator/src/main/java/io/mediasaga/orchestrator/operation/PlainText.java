package io.mediasaga.orchestrator.operation;

import org.jspecify.annotations.Nullable;

/** What people give for the audit, as one line of bounded length whatever was sent. */
public final class PlainText {

    private static final int LONGEST_ACTOR = 100;
    private static final int LONGEST_REASON = 500;

    private PlainText() {}

    /** Who asks; never blank. */
    public static String actor(String given) {
        String actor = line(given, LONGEST_ACTOR);
        return actor.isBlank() ? Audit.ANONYMOUS : actor;
    }

    /** Why, empty when nobody said. */
    public static String reason(@Nullable String given) {
        return given == null ? "" : line(given, LONGEST_REASON);
    }

    private static String line(String text, int longest) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > longest ? line.substring(0, longest) : line;
    }
}
