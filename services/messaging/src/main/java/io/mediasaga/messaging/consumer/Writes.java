package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Gathers what outcomes want written in their transaction, so that it is written together. For one transaction. */
public final class Writes {

    private final Map<Consumer<?>, Items> byWriter = new LinkedHashMap<>();

    private record Items(List<Object> items, List<Delivery> deliveries) {}

    /** Adds what the outcome of the delivery's command wants written, if anything. */
    public void add(Delivery delivery, Outcome outcome) {
        if (outcome instanceof Outcome.Success success && success.write() != null) {
            Items same = byWriter.computeIfAbsent(
                    success.write().writer(), writer -> new Items(new ArrayList<>(), new ArrayList<>()));
            same.items().add(success.write().item());
            same.deliveries().add(delivery);
        }
    }

    /**
     * Writes everything.
     *
     * @throws DeliveryFailedException when that fails and it can be told for which delivery
     */
    public void run() {
        byWriter.forEach((writer, same) -> Blame.together(same.items(), same.deliveries(), items -> {
            accept(writer, items);
            return items;
        }));
    }

    /** Each writer gets only the items that were named together with it. */
    @SuppressWarnings("unchecked")
    private static <T> void accept(Consumer<T> writer, List<Object> items) {
        writer.accept((T) items);
    }
}
