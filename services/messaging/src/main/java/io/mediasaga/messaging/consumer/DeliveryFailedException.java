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

    /**
     * The exception to throw for whatever a handler threw: the failure itself when the message is not to blame. An error is
     * the message's as well (it would end the consumer), unless there is no memory left.
     */
    static RuntimeException of(Delivery delivery, Throwable failure) {
        if (failure instanceof OutOfMemoryError noMemory) {
            throw noMemory;
        }
        if (failure instanceof DeliveryFailedException already) {
            return already;
        }
        if (failure instanceof RuntimeException runtime && Failures.isSurroundings(runtime)) {
            return runtime;
        }
        return new DeliveryFailedException(delivery, failure);
    }

    Delivery delivery() {
        return delivery;
    }

    Throwable failure() {
        return failure;
    }
}
