package io.mediasaga.quota;

import io.mediasaga.messaging.BatchEventHandler;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.HandlesEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns the reservation of a published asset into usage. The asset is there, so its bytes are booked even when the
 * reservation has expired meanwhile, and even beyond the limit.
 */
@Component
@HandlesEvent(topic = "events.asset.published", type = "AssetPublished")
class BookUsage implements BatchEventHandler<AssetPublished> {

    private static final Logger log = LoggerFactory.getLogger(BookUsage.class);

    private final Ledger ledger;
    private final Counter late;

    BookUsage(Ledger ledger, MeterRegistry metrics) {
        this.ledger = ledger;
        this.late = Counter.builder("mediasaga.quota.late")
                .description("Assets that were published without a valid reservation, and booked nevertheless")
                .register(metrics);
    }

    @Override
    public void handle(List<Event<AssetPublished>> events) {
        List<String> assets = FailedItemException.forEach(
                events, event -> Ids.required("asset_id", event.payload().assetId()));
        // What is not told is booked already, or its saga never reserved room for it.
        ledger.use(assets).forEach((asset, before) -> {
            if (before != ReservationState.HELD) {
                late.increment();
                log.warn("Asset {} was published after its reservation was {}; booked nevertheless", asset, before);
            }
        });
    }
}
