package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxRow.Acknowledged;
import java.time.Duration;
import java.util.List;

/** What became of sends, and is to be written down: rows that are acknowledged, and rows that the relay has to send. */
record Progress(List<Acknowledged> acknowledged, List<Failed> failed) {

    static final Progress NONE = new Progress(List.of(), List.of());

    boolean isEmpty() {
        return acknowledged.isEmpty() && failed.isEmpty();
    }

    /** A row that was not sent; until {@code pause} is over nothing of its topic and key is sent. */
    record Failed(OutboxRow row, Duration pause) {}
}
