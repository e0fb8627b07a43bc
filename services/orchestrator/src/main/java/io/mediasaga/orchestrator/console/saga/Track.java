package io.mediasaga.orchestrator.console.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step, or of a compensation.
 *
 * @param name PascalCase
 * @param participant who carries it out
 * @param lane number of the participant, in order of the first steps
 * @param standing where it stands
 * @param attempts how many have been made, the present one included
 * @param allowed how many are made by themselves
 * @param lines the attempts that are over, and what people did
 * @param since when the first attempt began
 * @param until when the last one was over
 * @param due when what it is at now ends by itself
 * @param topic where its command goes; {@code null} for a step that only waits
 * @param note what the definition says of it, empty where it says nothing
 */
record Track(
        int index,
        String name,
        String participant,
        int lane,
        boolean compensation,
        boolean pivot,
        Standing standing,
        int attempts,
        int allowed,
        List<HistoryLine> lines,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Instant due,
        @Nullable String topic,
        String note) {

    private static final int SHOWN = 20;

    /** Where a step or a compensation stands. */
    enum Standing {
        PENDING("not begun"),
        ACTIVE("under way"),
        PAUSED("paused"),
        BACKOFF("waits for the next attempt"),
        HELD("waits for a person"),
        SUCCEEDED("done"),
        FAILED("failed"),
        GIVEN_UP("given up"),
        SKIPPED("skipped"),
        NOTHING("nothing to undo"),
        DUE("to be undone"),
        UNDONE("undone"),
        IDLE("not needed");

        private final String words;

        Standing(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        /** The class of its colours. */
        public String css() {
            return "s-" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /** Where it is on the page. */
    public String anchor() {
        return (compensation ? "undo-" : "step-") + index;
    }

    public boolean begun() {
        return attempts > 0;
    }

    /** How long all attempts took with the pauses between them; {@code null} before the first. */
    public @Nullable Duration took() {
        if (since == null) {
            return null;
        }
        return Duration.between(since, until == null ? Instant.now() : until);
    }

    /** The latest of its lines, as many as somebody reads. */
    public List<HistoryLine> latestLines() {
        return lines.subList(Math.max(0, lines.size() - SHOWN), lines.size());
    }

    /** How many lines there are. */
    public String linesText() {
        int size = lines.size();
        return size == 1 ? "1 attempt" : size + " attempts and turns" + (size > SHOWN ? "; the latest " + SHOWN : "");
    }

    /** What the last attempt that went wrong said. */
    public @Nullable String error() {
        return lines.reversed().stream()
                .filter(line -> line.kind().equals("FAILED") || line.kind().equals("TIMED_OUT"))
                .map(HistoryLine::detail)
                .findFirst()
                .orElse(null);
    }

    /** How it stands in words; what succeeded in spite of an error is repaired. */
    public String words() {
        return standing == Standing.SUCCEEDED && error() != null ? "repaired" : standing.words();
    }

    /** Attempts as text, as in {@code attempt 2 of 5}. */
    public String attemptText() {
        if (attempts == 0) {
            return "";
        }
        return attempts <= 1 && (standing == Standing.SUCCEEDED || standing == Standing.UNDONE)
                ? ""
                : attempts > allowed ? "attempt " + attempts : "attempt " + attempts + " of " + allowed;
    }
}
