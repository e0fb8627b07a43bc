package io.mediasaga.messaging;

/**
 * Reacts to one kind of event inside one transaction, once for each message. A bean of this type needs
 * {@link HandlesEvent}. Failures are treated as with {@link CommandHandler}, but there is no reply.
 *
 * @param <P> the payload, as in {@link CommandHandler}
 */
@FunctionalInterface
public interface EventHandler<P> {

    /** Reacts to the event. */
    void handle(Event<P> event);
}
