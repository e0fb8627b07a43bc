package io.mediasaga.ingest.saga;

import org.jspecify.annotations.Nullable;

/** Payload of the events that a saga has ended; only the event's saga matters here. */
record SagaEnded(@Nullable String definition) {}
