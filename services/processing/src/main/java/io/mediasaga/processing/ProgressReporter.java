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
    private final ProgressTopic topic;
    private Stage lastStage = Stage.DONE;
    private long lastNanos;

    ProgressReporter(MediaJob job, Work work, Jobs jobs, ProgressTopic topic) {
        this.job = job;
        this.work = work;
        this.jobs = jobs;
        this.topic = topic;
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
            jobs.progress(job, stage, percent);
            if (topic.isThere()) {
                work.progress(ProgressTopic.NAME, "ProcessingProgress", new Progress(job.assetId(), stage.text(), percent));
            }
        } catch (RuntimeException e) {
            // Progress is nice to have: neither Kafka nor the database being away is a reason to stop the work.
            LOG.debug("The progress of asset {} could not be told", job.assetId(), e);
        }
    }
}
