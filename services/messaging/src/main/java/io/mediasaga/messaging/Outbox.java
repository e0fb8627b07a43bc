package io.mediasaga.messaging;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages as part of a database transaction: a message is sent if and only if the transaction commits, at least
 * once. The first occurrences of the messages of one topic and key appear in the order in which they were written, as
 * long as whoever writes for a key holds a row lock (or is otherwise alone) when it does.
 */
public interface Outbox {

    /**
     * Adds a message to the current transaction.
     *
     * @throws IllegalStateException when no transaction is active
     * @throws IllegalArgumentException when the message is larger than consumers accept
     */
    void send(OutgoingMessage message);

    /**
     * Adds a message whose value is passed on as it is: a dead letter, or one that is sent again.
     *
     * @param key the record's key, or {@code null} for a record without one
     * @param headers the record's headers, as UTF-8 text
     * @throws IllegalStateException when no transaction is active
     */
    void sendRaw(String topic, @Nullable String key, byte[] value, Map<String, String> headers);
}
