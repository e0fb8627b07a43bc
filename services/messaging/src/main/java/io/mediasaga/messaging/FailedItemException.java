package io.mediasaga.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Singles out the one of several commands, events or other items that made all of them fail together. */
public final class FailedItemException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Object item;

    /**
     * @param item one of the objects that the handler was given, itself and not a copy
     * @param cause what is wrong with it
     */
    public FailedItemException(Object item, RuntimeException cause) {
        super(cause);
        this.item = item;
    }

    /** The item that failed. */
    public Object item() {
        return item;
    }

    /**
     * Does something for each item, in their order.
     *
     * @throws FailedItemException when it fails for one
     */
    public static <T, R> List<R> forEach(List<T> items, Function<? super T, ? extends R> action) {
        var results = new ArrayList<R>(items.size());
        for (T item : items) {
            try {
                results.add(action.apply(item));
            } catch (RuntimeException e) {
                throw new FailedItemException(item, e);
            }
        }
        return results;
    }
}
