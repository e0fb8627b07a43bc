package io.mediasaga.messaging;

/**
 * Sends messages as part of a database transaction: a message is sent if and only if the transaction commits, at least
 * once, and in order for each topic and key.
 */
public interface Outbox {

    /**
     * Adds a message to the current transaction.
     *
     * @throws IllegalStateException when no transaction is active
     * @throws IllegalArgumentException when the message is larger than a broker would take
     */
    void send(OutgoingMessage message);
}
