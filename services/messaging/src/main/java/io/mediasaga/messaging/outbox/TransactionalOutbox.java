package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Headers;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.outbox.OutboxStore.Inserted;
import io.mediasaga.messaging.outbox.OutboxStore.NewRow;
import io.mediasaga.tracing.Traceparent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects the messages of a transaction, writes them in one statement before it commits, and sends them from memory once it
 * has (the fast path). Acknowledgements of earlier sends ride along in the same transaction, where there are enough of them.
 */
final class TransactionalOutbox implements Outbox {

    private static final int MAX_KEY_LENGTH = RecordKeys.MAX_LENGTH;

    private final OutboxStore store;
    private final EnvelopeCodec codec;
    private final Dispatcher dispatcher;
    private final TopicGate gate;
    private final Bookkeeping bookkeeping;
    private final Relay relay;
    private final Duration grace;

    TransactionalOutbox(
            OutboxStore store,
            EnvelopeCodec codec,
            Dispatcher dispatcher,
            TopicGate gate,
            Bookkeeping bookkeeping,
            Relay relay,
            Duration grace) {
        this.store = store;
        this.codec = codec;
        this.dispatcher = dispatcher;
        this.gate = gate;
        this.bookkeeping = bookkeeping;
        this.relay = relay;
        this.grace = grace;
    }

    @Override
    public void send(OutgoingMessage message) {
        byte[] value = codec.write(message.envelope());
        if (value.length > codec.maxBytes()) {
            throw new IllegalArgumentException("The message " + message.envelope().type() + " to " + message.topic()
                    + " has " + value.length + " bytes; at most " + codec.maxBytes()
                    + " are accepted (mediasaga.messaging.max-message-bytes).");
        }
        add(new NewRow(message.topic(), message.key(), true, HeaderText.write(headers(message)), value));
    }

    private static Map<String, String> headers(OutgoingMessage message) {
        String requestId = message.requestId();
        String traceparent = message.traceparent();
        if (traceparent == null) {
            return requestId == null ? Map.of() : Map.of(Headers.REQUEST_ID, requestId);
        }
        return requestId == null
                ? Map.of(Traceparent.HEADER, traceparent)
                : Map.of(Headers.REQUEST_ID, requestId, Traceparent.HEADER, traceparent);
    }

    @Override
    public void sendRaw(String topic, @Nullable String key, byte[] value, Map<String, String> headers) {
        add(new NewRow(topic, key == null ? "" : key, key != null, HeaderText.write(headers), value));
    }

    private void add(NewRow row) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A message can be sent inside a transaction only.");
        }
        if (row.key().length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("The key of a message to " + row.topic() + " has "
                    + row.key().length() + " characters; at most " + MAX_KEY_LENGTH + " are possible.");
        }
        var collected = (Collected) TransactionSynchronizationManager.getResource(this);
        if (collected == null) {
            collected = new Collected();
            TransactionSynchronizationManager.bindResource(this, collected);
            TransactionSynchronizationManager.registerSynchronization(collected);
        }
        collected.rows.add(row);
    }

    private final class Collected implements TransactionSynchronization {
        private final List<NewRow> rows = new ArrayList<>();
        private final List<OutboxRow> fast = new ArrayList<>();
        private final Map<Object, Integer> savepoints = new HashMap<>();
        private Bookkeeping.@Nullable Entry riding;
        private boolean anySlow;

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(TransactionalOutbox.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(TransactionalOutbox.this, this);
        }

        @Override
        public void savepoint(Object savepoint) {
            savepoints.put(savepoint, rows.size());
        }

        /** What was sent since the savepoint is taken back with the rest; everything, when it was before the first send. */
        @Override
        public void savepointRollback(Object savepoint) {
            rows.subList(Objects.requireNonNullElse(savepoints.get(savepoint), 0), rows.size())
                    .clear();
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            if (rows.isEmpty()) {
                return;
            }
            var entry = bookkeeping.along(rows);
            riding = entry;
            entry.write();
            anySlow = entry.hasFailed();
            boolean room = dispatcher.hasRoom();
            var open = new HashMap<String, Boolean>();
            List<Inserted> inserted = store.insert(
                    rows, row -> room && open.computeIfAbsent(row.topic(), gate::isOpen), grace);
            for (int i = 0; i < rows.size(); i++) {
                if (inserted.get(i).fast()) {
                    fast.add(rows.get(i).as(inserted.get(i).id()));
                } else {
                    anySlow = true;
                }
            }
        }

        @Override
        public void afterCommit() {
            dispatcher.dispatch(fast, true);
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionalOutbox.this);
            if (riding != null) {
                if (status == STATUS_COMMITTED) {
                    riding.committed();
                    relay.progressed();
                } else {
                    riding.rolledBack();
                }
            }
            if (anySlow && status == STATUS_COMMITTED) {
                relay.wake();
            }
        }
    }
}
