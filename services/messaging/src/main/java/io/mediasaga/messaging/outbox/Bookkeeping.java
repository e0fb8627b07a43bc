package io.mediasaga.messaging.outbox;

import java.util.concurrent.atomic.LongAdder;

/** Writes down what the dispatcher has learnt from Kafka, in whatever transaction comes first. Thread-safe. */
final class Bookkeeping {

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

    /** Writes, in the current transaction; {@link #committed} or {@link #rolledBack} has to follow, whatever happens. */
    Entry open() {
        return new Entry(dispatcher.drain());
    }

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
