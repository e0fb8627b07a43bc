package io.mediasaga.processing;

import io.mediasaga.messaging.BatchEventHandler;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.HandlesEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a saga has ended its temporary files go: noted here, in the transaction, and done by the {@link Janitor}. */
final class SagaEnded {

    private SagaEnded() {}

    /** The payload of both events. */
    record Payload(@Nullable String definition, @Nullable String reason) {}

    @Component
    @HandlesEvent(topic = "events.saga.completed", type = "SagaCompleted")
    static class Completed implements BatchEventHandler<Payload> {
        private final Jobs jobs;

        Completed(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void handle(List<Event<Payload>> events) {
            jobs.sagasEnded(events.stream().map(Event::sagaId).toList());
        }
    }

    @Component
    @HandlesEvent(topic = "events.saga.compensated", type = "SagaCompensated")
    static class Compensated implements BatchEventHandler<Payload> {
        private final Jobs jobs;

        Compensated(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void handle(List<Event<Payload>> events) {
            jobs.sagasEnded(events.stream().map(Event::sagaId).toList());
        }
    }
}
