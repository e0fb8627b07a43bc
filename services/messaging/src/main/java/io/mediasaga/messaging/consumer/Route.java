package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.BatchEventHandler;
import io.mediasaga.messaging.BatchHandler;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.LongCommandHandler;
import tools.jackson.databind.JavaType;

/** Who handles a message. */
public sealed interface Route {

    /** A command that wants a reply. */
    sealed interface CommandRoute extends Route {
        /** The handler's declaration. */
        Handles handles();

        /** Who carries it out. */
        Object handler();

        /** Type of the payload. */
        JavaType payload();
    }

    /** A command that is carried out in the consumer's transaction. */
    record ShortCommand(Handles handles, CommandHandler<Object> handler, JavaType payload) implements CommandRoute {}

    /** A command that is carried out in the consumer's transaction, together with others of its kind. */
    record BatchCommand(Handles handles, BatchCommandHandler<Object> handler, JavaType payload) implements CommandRoute {}

    /** A command that becomes leased work. */
    record LongCommand(Handles handles, LongCommandHandler<Object> handler, JavaType payload)
            implements CommandRoute {}

    /** An event. */
    sealed interface EventRoute extends Route {
        /** Type of the payload. */
        JavaType payload();
    }

    /** An event that is handled by itself. */
    record SingleEvent(EventHandler<Object> handler, JavaType payload) implements EventRoute {}

    /** An event that is handled together with others of its kind. */
    record BatchEvent(BatchEventHandler<Object> handler, JavaType payload) implements EventRoute {}

    /** Everything on a topic, in batches. */
    record BatchRoute(BatchHandler handler) implements Route {}

    /** Nobody here wants it, and that is in order. */
    record Ignored() implements Route {}

    /** Nobody here knows what it is. */
    record Unknown(String reason) implements Route {}
}
