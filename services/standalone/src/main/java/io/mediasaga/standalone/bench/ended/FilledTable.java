package io.mediasaga.standalone.bench.ended;

import java.time.Duration;
import java.util.List;

/**
 * A table that an ended saga leaves rows in.
 *
 * @param key its column that names the saga; absent where rows name none
 * @param keep how long the service that owns it keeps a row by default
 */
record FilledTable(String schema, String name, String key, Duration keep) {

    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final Duration OF_SAGAS = Duration.ofDays(90);
    private static final Duration OF_MESSAGES = Duration.ofDays(14);
    private static final Duration OF_PROGRESS = Duration.ofDays(30);
    private static final Duration OF_UPLOADS = Duration.ofDays(1);
    private static final String NONE = "";

    /** Those that take longest come first, so that two who write at the same time are done together. */
    static final List<FilledTable> ALL = List.of(
            new FilledTable("orchestrator", "saga_history", "saga_id", OF_SAGAS),
            new FilledTable("media", "asset", "saga_id", FOR_EVER),
            new FilledTable("orchestrator", "saga", "id", OF_SAGAS),
            new FilledTable("quota", "ledger_entry", "saga_id", FOR_EVER),
            new FilledTable("orchestrator", "inbox", NONE, OF_MESSAGES),
            new FilledTable("publish", "publication", "saga_id", FOR_EVER),
            new FilledTable("quota", "reservation", "saga_id", FOR_EVER),
            new FilledTable("processing", "job", "saga_id", OF_PROGRESS),
            new FilledTable("quota", "inbox", NONE, OF_MESSAGES),
            new FilledTable("media", "inbox", NONE, OF_MESSAGES),
            new FilledTable("ingest", "inbox", NONE, OF_MESSAGES),
            new FilledTable("processing", "inbox", NONE, OF_MESSAGES),
            new FilledTable("publish", "inbox", NONE, OF_MESSAGES),
            new FilledTable("media", "effect", "saga_id", OF_MESSAGES),
            new FilledTable("quota", "effect", "saga_id", OF_MESSAGES),
            new FilledTable("ingest", "effect", "saga_id", OF_MESSAGES),
            new FilledTable("processing", "effect", "saga_id", OF_MESSAGES),
            new FilledTable("publish", "effect", "saga_id", OF_MESSAGES),
            new FilledTable("ingest", "upload", "saga_id", OF_UPLOADS));

    String qualified() {
        return schema + '.' + name;
    }

    /** Which rows are the original's; messages name no saga, but there is one only. */
    String where(Original original) {
        return key.isEmpty() ? "" : " WHERE %s = '%s'".formatted(key, original.saga());
    }

    /** The age up to which rows are written: somewhat less than what is kept, so that nothing of it is deleted during a run. */
    Duration written() {
        return keep.multipliedBy(95).dividedBy(100);
    }
}
