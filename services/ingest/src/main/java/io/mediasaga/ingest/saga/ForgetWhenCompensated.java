package io.mediasaga.ingest.saga;

import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.HandlesEvent;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** When a saga is compensated, its temporary files go: noted here, done by the janitor. */
@Component
@HandlesEvent(topic = "events.saga.compensated", type = "SagaCompensated")
class ForgetWhenCompensated implements EventHandler<SagaEnded> {

    private final Uploads uploads;

    ForgetWhenCompensated(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void handle(Event<SagaEnded> event) {
        uploads.clean(event.sagaId(), Duration.ZERO);
    }
}
