package io.mediasaga.standalone.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Writes to people: lines, tables, and a bar that is redrawn in place where there is a terminal. */
final class Terminal {

    private static final int BAR_WIDTH = 30;

    private final PrintWriter out;
    private final boolean redraws;
    private boolean onBar;
    private int lastTenth = -1;
    private long lastHalfMinute;

    Terminal(PrintWriter out, boolean redraws) {
        this.out = out;
        this.redraws = redraws;
    }

    /** The process's own output. */
    static Terminal standard() {
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8), System.console() != null && System.console().isTerminal());
    }

    synchronized void line(String text) {
        endBar();
        out.println(text);
        out.flush();
    }

    /** Draws how far something is; where nothing can be redrawn, a line each tenth. */
    synchronized void bar(String label, long done, long of) {
        double share = of == 0 ? 1 : (double) done / of;
        int tenth = (int) (share * 10);
        if (redraws) {
            int full = (int) (share * BAR_WIDTH);
            out.printf("\r  %-22s [%s%s] %3d %%  %s of %s ", label, "█".repeat(full), "·".repeat(BAR_WIDTH - full),
                    (int) (share * 100), Sizes.text(done), Sizes.text(of));
            onBar = true;
        } else if (tenth != lastTenth) {
            out.printf("  %-22s %3d %%  %s of %s%n", label, (int) (share * 100), Sizes.text(done), Sizes.text(of));
        }
        lastTenth = tenth;
        out.flush();
        if (done >= of) {
            endBar();
            lastTenth = -1;
        }
    }

    /** Tells for how long something is being waited for; where nothing can be redrawn, a line at first and each half minute. */
    synchronized void waiting(String label, Duration since, Duration atMost) {
        long half = since.toSeconds() / 30;
        if (redraws) {
            out.printf("\r  %s … %d of at most %d s ", label, since.toSeconds(), atMost.toSeconds());
            onBar = true;
        } else if (since.isZero() || half != lastHalfMinute) {
            out.printf("  %s … %d of at most %d s%n", label, since.toSeconds(), atMost.toSeconds());
        }
        lastHalfMinute = half;
        out.flush();
    }

    private void endBar() {
        if (onBar) {
            out.println();
            onBar = false;
        }
    }

    synchronized void table(List<String> header, List<List<String>> rows) {
        int[] widths = IntStream.range(0, header.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .reduce(header.get(column).length(), Math::max))
                .toArray();
        row(header, widths);
        rows.forEach(row -> row(row, widths));
        out.flush();
    }

    private void row(List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            text.append(cells.get(column));
            text.repeat(' ', widths[column] - cells.get(column).length() + 2);
        }
        out.println(text.toString().stripTrailing());
    }
}
