package io.mediasaga.standalone.bench.ended;

import java.util.Locale;
import java.util.function.Consumer;

/** Tells now and then how far the tables are. A unit is one saga in one table. Thread-safe. */
final class FillProgress {

    private static final long EVERY = 15_000_000_000L;

    private final long all;
    private final Consumer<String> tell;
    private final long begin = System.nanoTime();
    private long done;
    private long toldAt = begin;

    FillProgress(long all, Consumer<String> tell) {
        this.all = all;
        this.tell = tell;
    }

    synchronized void sagas(long more) {
        done += more;
        long now = System.nanoTime();
        if (now - toldAt >= EVERY) {
            toldAt = now;
            double seconds = (now - begin) / 1e9;
            tell.accept(String.format(Locale.ROOT, "%5.0f s  %.0f %% of all rows, about %.0f min to go",
                    seconds, 100.0 * done / all, Math.ceil(seconds / done * (all - done) / 60)));
        }
    }

    void indexes(String table) {
        tell.accept(String.format(Locale.ROOT, "%5.0f s  %s is written; its indexes", (System.nanoTime() - begin) / 1e9, table));
    }
}
