package io.mediasaga.publish;

import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.HandlesEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Of a saga that was undone nothing stays reachable; its files are deleted by the {@link Janitor}. */
@Component
@HandlesEvent(topic = "events.saga.compensated", type = "SagaCompensated")
class SagaCompensatedHandler implements EventHandler<SagaCompensatedHandler.SagaCompensated> {

    private final Publications publications;

    SagaCompensatedHandler(Publications publications) {
        this.publications = publications;
    }

    /** The payload. */
    record SagaCompensated(@Nullable String definition, @Nullable String reason) {}

    @Override
    public void handle(Event<SagaCompensated> event) {
        publications.withdraw(event.sagaId());
        publications.leftover(event.sagaId(), Duration.ZERO);
    }
}
