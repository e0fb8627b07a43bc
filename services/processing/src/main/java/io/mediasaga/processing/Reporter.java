package io.mediasaga.processing;
import java.util.Locale;

/** Is told how far the work on a file is. Called from several threads. */
@FunctionalInterface
interface Reporter {

    /** What is going on, and how much is done, in percent. */
    void report(Stage stage, int percent);

    /** What a file goes through. */
    enum Stage {
        PROBING,
        CONVERTING,
        STORING,
        DONE,
        FAILED,
        CANCELLED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
