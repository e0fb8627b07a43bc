package io.mediasaga.processing.ffmpeg;

/** Tells long work to stop. Safe for use from several threads. */
public interface Stop {

    /** Never stops. */
    Stop NEVER = new Stop() {
        @Override
        public boolean stopped() {
            return false;
        }

        @Override
        public void onStop(Runnable action) {}
    };

    /** Whether the work should stop. */
    boolean stopped();

    /** Runs the action when the work should stop, at once if it already should. */
    void onStop(Runnable action);
}
