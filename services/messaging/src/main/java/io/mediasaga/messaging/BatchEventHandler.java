package io.mediasaga.messaging;

import java.util.List;

/**
 * Reacts to one kind of event, many at a time, so that one statement can serve them all. A bean of this type needs
 * {@link HandlesEvent}. Everything that {@link EventHandler} promises holds for each event as if it had come alone.
 *
 * @param <P> the payload, as in {@link CommandHandler}
 */
@FunctionalInterface
public interface BatchEventHandler<P> {

    /**
     * Reacts to the events inside one transaction.
     *
     * @param events at least one; those of one saga in their order
     * @throws FailedItemException as in {@link BatchCommandHandler#handle}
     */
    void handle(List<Event<P>> events);
}
