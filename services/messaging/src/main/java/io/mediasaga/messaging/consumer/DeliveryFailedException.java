package io.mediasaga.messaging.consumer;

/** Singles out the delivery whose handler failed, so that the rest of its batch can go on without it. */
final class DeliveryFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Delivery delivery;
    private final Throwable failure;

    DeliveryFailedException(Delivery delivery, Throwable failure) {
        super(failure);
        this.delivery = delivery;
        this.failure = failure;
    }

    /** The exception to throw for a handler's failure: the failure itself when the message is not to blame. */
    static RuntimeException unlessSurroundings(Delivery delivery, RuntimeException failure) {
        return Failures.isSurroundings(failure) ? failure : new DeliveryFailedException(delivery, failure);
    }

    Delivery delivery() {
        return delivery;
    }

    Throwable failure() {
        return failure;
    }
}
