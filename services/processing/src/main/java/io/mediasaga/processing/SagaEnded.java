package io.mediasaga.processing;

import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.HandlesEvent;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** When a saga has ended its temporary files go: noted here, in the transaction, and done by the {@link Janitor}. */
final class SagaEnded {

    private SagaEnded() {}

    /** The payload of both events. */
    record Payload(@Nullable String definition, @Nullable String reason) {}

    @Component
    @HandlesEvent(topic = "events.saga.completed", type = "SagaCompleted")
    static class Completed implements EventHandler<Payload> {
        private final Jobs jobs;

        Completed(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void handle(Event<Payload> event) {
            jobs.sagaEnded(event.sagaId());
        }
    }

    @Component
    @HandlesEvent(topic = "events.saga.compensated", type = "SagaCompensated")
    static class Compensated implements EventHandler<Payload> {
        private final Jobs jobs;

        Compensated(Jobs jobs) {
            this.jobs = jobs;
        }

        @Override
        public void handle(Event<Payload> event) {
            jobs.sagaEnded(event.sagaId());
        }
    }
}
