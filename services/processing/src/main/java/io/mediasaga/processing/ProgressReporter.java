package io.mediasaga.processing;

import io.mediasaga.messaging.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the world and the service's own table how far the work is, about once a second. */
final class ProgressReporter implements Reporter {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressReporter.class);
    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final MediaJob job;
    private final Work work;
    private final Jobs jobs;
    private Stage lastStage = Stage.DONE;
    private long lastNanos;

    ProgressReporter(MediaJob job, Work work, Jobs jobs) {
        this.job = job;
        this.work = work;
        this.jobs = jobs;
    }

    /** The event's payload. */
    record Progress(String assetId, String stage, int percent) {}

    @Override
    public synchronized void report(Stage stage, int percent) {
        long now = System.nanoTime();
        if (stage == lastStage && now - lastNanos < INTERVAL_NANOS) {
            return;
        }
        lastStage = stage;
        lastNanos = now;
        try {
            work.progress(ProgressTopic.NAME, "ProcessingProgress", new Progress(job.assetId(), stage.text(), percent));
            jobs.progress(job, stage, percent);
        } catch (RuntimeException e) {
            // Progress is nice to have: neither Kafka nor the database being away is a reason to stop the work.
            LOG.debug("The progress of asset {} could not be told", job.assetId(), e);
        }
    }
}
