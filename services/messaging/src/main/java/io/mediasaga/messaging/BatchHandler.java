package io.mediasaga.messaging;

import java.util.List;
import java.util.Set;

/**
 * Takes whole batches of messages of whole topics, for who has to do many things in few statements (the saga engine does).
 * Called inside one transaction; messages seen before are already taken out. Called from several threads.
 */
public interface BatchHandler {

    /** The topics to listen to. Asked again after {@link Subscriptions#refresh}. */
    Set<String> topics();

    /** The topics that are sent to in consequence. Provided together with {@link #topics}. */
    default Set<String> sentTopics() {
        return Set.of();
    }

    /**
     * Handles the messages, in their order.
     *
     * @throws FailedItemException when one message makes the batch fail: the others are handled without it
     */
    void handle(List<Message> messages);

    /**
     * A message that has been read and checked.
     *
     * @param topic where it came from
     * @param envelope what it says
     * @param requestId the request that began it all
     */
    record Message(String topic, Envelope envelope, @org.jspecify.annotations.Nullable String requestId) {}
}
