package io.mediasaga.messaging.effect;

import org.springframework.dao.ConcurrencyFailureException;

/** Somebody else gave a step an outcome at the same time: the transaction has to begin again. */
public final class StepTakenException extends ConcurrencyFailureException {
    private static final long serialVersionUID = 1L;

    StepTakenException() {
        super("A step of the batch got another outcome meanwhile.");
    }
}
