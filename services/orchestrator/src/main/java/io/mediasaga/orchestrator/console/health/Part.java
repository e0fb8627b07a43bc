package io.mediasaga.orchestrator.console.health;

/**
 * A part of the platform.
 *
 * @param kind what it is, as in service or database
 * @param standing up, down or unknown
 * @param detail in plain words, with what to do where it is not up
 * @param millis how long its answer took
 */
record Part(String name, String kind, Standing standing, String detail, long millis) {

    /** How a part is. */
    enum Standing {
        UP, DOWN, UNKNOWN;

        public String css() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
