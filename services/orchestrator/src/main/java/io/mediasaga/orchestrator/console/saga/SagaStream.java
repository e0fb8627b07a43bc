package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.orchestrator.stream.EventStreams;
import io.mediasaga.orchestrator.stream.EventStreams.Looks;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages when their saga has changed; what has changed they ask for themselves. */
@Component
class SagaStream {

    private static final Duration INTERVAL = Duration.ofMillis(400);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int BEATS = 37;
    private static final int MOST_AT_ONCE = 200;

    private final SagaVersions sagas;
    private final EventStreams streams;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    SagaStream(SagaVersions sagas, EventStreams streams) {
        this.sagas = sagas;
        this.streams = streams;
    }

    /** Follows the saga; pages that find no place look by themselves, less often. */
    SseEmitter follow(String id, long seen) {
        return streams.open(
                "saga " + id, places, INTERVAL, LONGEST, (emitter, looks) -> tell(emitter, looks, id, seen));
    }

    private void tell(SseEmitter emitter, Looks looks, String id, long seen) throws IOException, InterruptedException {
        sagas.follow(id);
        try {
            look(emitter, looks, id, seen);
        } finally {
            sagas.leave(id);
        }
    }

    private void look(SseEmitter emitter, Looks looks, String id, long seen) throws IOException, InterruptedException {
        long known = seen;
        int beat = 0;
        do {
            OptionalLong version = sagas.of(id);
            if (version.isEmpty()) {
                return;
            }
            if (version.getAsLong() != known) {
                known = version.getAsLong();
                emitter.send(SseEmitter.event().name("changed").data(known));
            } else if (++beat % BEATS == 0) {
                emitter.send(SseEmitter.event().comment("still here")); // else nobody learns that the browser is gone
            }
        } while (looks.again());
    }
}
