package io.mediasaga.messaging;

/** Kafka as a whole does not answer; it is worth asking again later. */
public final class KafkaAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KafkaAwayException(Throwable cause) {
        super("Kafka does not answer: " + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage()), cause);
    }
}
