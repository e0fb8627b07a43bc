package io.mediasaga.messaging;

import java.util.List;

/**
 * Carries out one kind of command, many at a time, so that one statement can serve them all. A bean of this type needs
 * {@link Handles}. Everything that {@link CommandHandler} promises holds for each command as if it had come alone.
 *
 * @param <P> the payload, as in {@link CommandHandler}
 */
@FunctionalInterface
public interface BatchCommandHandler<P> {

    /**
     * Carries out the commands inside one transaction.
     *
     * @param commands at least one, each of a saga of its own
     * @return one outcome for each, in their order
     * @throws FailedItemException when one of them makes it fail: it is tried again later, and the others at once without it. Any
     *     other exception is taken for the fault of one that cannot be told, and each command is carried out alone.
     */
    List<Outcome> handle(List<Command<P>> commands);
}
