package io.mediasaga.orchestrator.query;

import io.mediasaga.orchestrator.stream.EventStreams;
import io.mediasaga.orchestrator.stream.EventStreams.Looks;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Follows sagas for clients that want to see them move, by looking again and again. */
@Component
class SagaEvents {

    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int MOST_LINES = 200;
    private static final int MOST_AT_ONCE = 500;
    private static final int BEATS = 75;

    private final SagaQueries queries;
    private final EventStreams streams;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    SagaEvents(SagaQueries queries, EventStreams streams) {
        this.queries = queries;
        this.streams = streams;
    }

    SseEmitter follow(String id, long lastSeen) {
        return streams.open("saga " + id, places, INTERVAL, LONGEST, (emitter, looks) -> {
            if (tell(emitter, looks, id, lastSeen)) {
                emitter.send(SseEmitter.event().name("ended").data("{}", MediaType.APPLICATION_JSON));
            }
        });
    }

    /** Sends what is new until the saga has ended; false when the service stops or the time is over before. */
    private boolean tell(SseEmitter emitter, Looks looks, String id, long lastSeen) throws IOException, InterruptedException {
        long seen = lastSeen;
        long version = 0;
        int quiet = 0;
        do {
            var found = queries.versioned(id);
            if (found.isEmpty()) {
                return false;
            }
            if (found.get().version() == version) {
                if (++quiet % BEATS == 0) {
                    emitter.send(SseEmitter.event().comment("still here")); // else a place is kept by who has left
                }
                continue;
            }
            version = found.get().version();
            seen = history(emitter, id, seen);
            emitter.send(SseEmitter.event().name("saga").data(found.get().saga()));
            if (found.get().saga().endedAt() != null) {
                return true;
            }
        } while (looks.again());
        return false;
    }

    private long history(SseEmitter emitter, String id, long lastSeen) throws IOException {
        long seen = lastSeen;
        List<HistoryLine> lines;
        do {
            lines = queries.history(id, seen, MOST_LINES);
            for (HistoryLine line : lines) {
                emitter.send(SseEmitter.event().id(Long.toString(line.id())).name("history").data(line));
                seen = line.id();
            }
        } while (lines.size() == MOST_LINES);
        return seen;
    }
}
