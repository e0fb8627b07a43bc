package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.FailedItemException;
import java.util.List;
import java.util.function.Function;

/** Finds out whose failure it is when something was done for several deliveries together. */
final class Blame {

    private Blame() {}

    /**
     * Does it for the items together.
     *
     * @param deliveries where each item comes from, in the items' order
     * @throws DeliveryFailedException when it fails and it can be told for which
     */
    static <T, R> R together(List<T> items, List<Delivery> deliveries, Function<List<T>, R> action) {
        try {
            return action.apply(items);
        } catch (FailedItemException e) {
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) == e.item()) {
                    throw DeliveryFailedException.of(deliveries.get(i), e.getCause() == null ? e : e.getCause());
                }
            }
            throw e;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            if (deliveries.size() == 1) {
                throw DeliveryFailedException.of(deliveries.getFirst(), e);
            }
            throw e instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        }
    }
}
