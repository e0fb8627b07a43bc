package io.mediasaga.ingest.saga;

import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.messaging.BatchEventHandler;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.HandlesEvent;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** When sagas are completed, their temporary files go: noted here, done by the janitor. */
@Component
@HandlesEvent(topic = "events.saga.completed", type = "SagaCompleted")
class ForgetWhenCompleted implements BatchEventHandler<SagaEnded> {

    private final Uploads uploads;

    ForgetWhenCompleted(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void handle(List<Event<SagaEnded>> events) {
        uploads.clean(events.stream().map(Event::sagaId).toList(), Duration.ZERO);
    }
}
