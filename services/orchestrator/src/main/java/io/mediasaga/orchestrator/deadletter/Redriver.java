package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.messaging.Headers;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.outbox.RecordKeys;
import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sends dead letters again, one second's share of an order in each transaction, so that a stop in between loses and repeats
 * nothing. Any number of replicas share the orders.
 */
@Component
class Redriver implements Looping {

    private static final Duration POLL = Duration.ofMillis(500);

    private final RedriveStore store;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final Loop loop = new Loop("redrives", POLL, this::step);

    Redriver(RedriveStore store, Outbox outbox, TransactionOperations transactions) {
        this.store = store;
        this.outbox = outbox;
        this.transactions = transactions;
    }

    private boolean step() {
        return Boolean.TRUE.equals(transactions.execute(status -> store.claim()
                .map(order -> {
                    List<RedriveStore.Item> items = store.take(order);
                    items.forEach(this::send);
                    store.advance(order, items.size());
                    return true;
                })
                .orElse(false)));
    }

    private void send(RedriveStore.Item item) {
        Map<String, String> headers = new LinkedHashMap<>(item.headers());
        headers.put(Headers.REDRIVE, Long.toString(item.id()));
        outbox.sendRaw(item.topic(), sendable(item.key()), item.value(), headers);
    }

    /** Others may have written a key there that no message of ours can have; it would hold this order up, and all behind it. */
    private static @Nullable String sendable(@Nullable String key) {
        return key == null || key.length() <= RecordKeys.MAX_LENGTH ? key : key.substring(0, RecordKeys.MAX_LENGTH);
    }

    @Override
    public Loop loop() {
        return loop;
    }
}
