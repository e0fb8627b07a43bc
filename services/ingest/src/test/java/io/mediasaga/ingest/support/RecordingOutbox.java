package io.mediasaga.ingest.support;

import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.OutgoingMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Remembers what transactions that committed have sent. */
public final class RecordingOutbox implements Outbox {

    private final List<OutgoingMessage> sent = new CopyOnWriteArrayList<>();

    @Override
    public void send(OutgoingMessage message) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("No transaction");
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                sent.add(message);
            }
        });
    }

    @Override
    public void sendRaw(String topic, @Nullable String key, byte[] value, Map<String, String> headers) {
        throw new UnsupportedOperationException();
    }

    /** What was sent for the saga. */
    public List<OutgoingMessage> of(String sagaId) {
        return sent.stream().filter(each -> each.key().equals(sagaId)).toList();
    }
}
