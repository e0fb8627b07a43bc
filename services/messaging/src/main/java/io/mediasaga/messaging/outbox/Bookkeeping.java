package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.outbox.OutboxStore.NewRow;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/** Writes down what the dispatcher has learnt from Kafka, in whatever transaction comes first. Thread-safe. */
final class Bookkeeping {

    private static final int WORTH_A_STATEMENT = 16;

    private final OutboxStore store;
    private final Dispatcher dispatcher;
    private final Durability durability;
    private final LongAdder settled = new LongAdder();

    Bookkeeping(OutboxStore store, Dispatcher dispatcher, Durability durability) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.durability = durability;
    }

    /** How many rows have been taken out of the outbox so far. */
    long settled() {
        return settled.sum();
    }

    /** Everything that there is to write. */
    Entry open() {
        return new Entry(dispatcher.drain());
    }

    /**
     * What is worth being written together with new rows; otherwise nothing, and the relay does it a moment later. A message that
     * comes alone does not wait for the statement; but an acknowledged row must not keep a new one of its key from the fast path.
     */
    Entry along(List<NewRow> rows) {
        boolean worthIt = dispatcher.hasProgress(WORTH_A_STATEMENT)
                || dispatcher.hasProgressOf(rows.stream().map(NewRow::lane).collect(Collectors.toSet()));
        return worthIt ? open() : new Entry(Progress.NONE);
    }

    /** {@link #write}, in the current transaction; {@link #committed} or {@link #rolledBack} has to follow, whatever happens. */
    final class Entry {
        private final Progress progress;

        private Entry(Progress progress) {
            this.progress = progress;
        }

        boolean isEmpty() {
            return progress.isEmpty();
        }

        /** Whether there is something for the relay to send. */
        boolean hasFailed() {
            return !progress.failed().isEmpty();
        }

        void write() {
            if (!progress.acknowledged().isEmpty()) {
                store.acknowledge(progress.acknowledged(), durability::isReplicated);
            }
            if (!progress.failed().isEmpty()) {
                store.release(progress.failed());
            }
        }

        void committed() {
            dispatcher.settled(progress);
            settled.add(progress.acknowledged().size());
        }

        void rolledBack() {
            dispatcher.putBack(progress);
        }
    }
}
