package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Headers;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.outbox.OutboxStore.Inserted;
import io.mediasaga.messaging.outbox.OutboxStore.NewRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Collects the messages of a transaction, writes them in one statement before it commits, and sends them from memory once it
 * has (the fast path). Acknowledgements of earlier sends ride along in the same transaction.
 */
final class TransactionalOutbox implements Outbox {

    private final OutboxStore store;
    private final EnvelopeCodec codec;
    private final Dispatcher dispatcher;
    private final Durability durability;
    private final Relay relay;
    private final Duration grace;
    private final int maxInFlight;

    TransactionalOutbox(
            OutboxStore store,
            EnvelopeCodec codec,
            Dispatcher dispatcher,
            Durability durability,
            Relay relay,
            Duration grace,
            int maxInFlight) {
        this.store = store;
        this.codec = codec;
        this.dispatcher = dispatcher;
        this.durability = durability;
        this.relay = relay;
        this.grace = grace;
        this.maxInFlight = maxInFlight;
    }

    @Override
    public void send(OutgoingMessage message) {
        byte[] value = codec.write(message.envelope());
        if (value.length > codec.maxBytes()) {
            throw new IllegalArgumentException("The message " + message.envelope().type() + " to " + message.topic()
                    + " has " + value.length + " bytes; at most " + codec.maxBytes()
                    + " are accepted (mediasaga.messaging.max-message-bytes).");
        }
        String requestId = message.requestId();
        Map<String, String> headers = requestId == null ? Map.of() : Map.of(Headers.REQUEST_ID, requestId);
        add(new NewRow(message.topic(), message.key(), true, HeaderText.write(headers), value));
    }

    @Override
    public void sendRaw(String topic, @Nullable String key, byte[] value, Map<String, String> headers) {
        add(new NewRow(topic, key == null ? "" : key, key != null, HeaderText.write(headers), value));
    }

    private void add(NewRow row) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A message can be sent inside a transaction only.");
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
        private Dispatcher.@Nullable Progress progress;
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
        public void beforeCommit(boolean readOnly) {
            var riding = dispatcher.drain();
            progress = riding;
            if (!riding.acknowledged().isEmpty()) {
                store.acknowledge(riding.acknowledged(), durability::isReplicated);
            }
            if (!riding.failed().isEmpty()) {
                store.release(riding.failed());
                anySlow = true;
            }
            boolean open = dispatcher.inFlight() < maxInFlight;
            List<Inserted> inserted = store.insert(rows, open, grace);
            for (int i = 0; i < rows.size(); i++) {
                NewRow row = rows.get(i);
                if (inserted.get(i).fast()) {
                    fast.add(new OutboxRow(
                            row.bucket(),
                            inserted.get(i).id(),
                            row.topic(),
                            row.key(),
                            row.keyed(),
                            row.headers(),
                            row.value()));
                } else {
                    anySlow = true;
                }
            }
        }

        @Override
        public void afterCommit() {
            dispatcher.dispatch(fast);
            if (anySlow) {
                relay.wake();
            }
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(TransactionalOutbox.this);
            if (status != STATUS_COMMITTED && progress != null) {
                dispatcher.putBack(progress);
            }
        }
    }
}
