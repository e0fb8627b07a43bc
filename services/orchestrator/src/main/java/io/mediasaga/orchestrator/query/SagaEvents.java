package io.mediasaga.orchestrator.query;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Follows sagas for clients that want to see them move, by looking again and again. */
@Component
class SagaEvents implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SagaEvents.class);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofMinutes(30);
    private static final int MOST_LINES = 200;

    private final SagaQueries queries;
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    SagaEvents(SagaQueries queries) {
        this.queries = queries;
    }

    SseEmitter follow(String id, long lastSeen) {
        var emitter = new SseEmitter(LONGEST.toMillis());
        Thread.ofVirtual().name("events-" + id).start(() -> run(emitter, id, lastSeen));
        return emitter;
    }

    private void run(SseEmitter emitter, String id, long lastSeen) {
        try {
            if (send(emitter, id, lastSeen)) {
                emitter.send(SseEmitter.event().name("ended").data("{}", MediaType.APPLICATION_JSON));
            }
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("Nobody follows saga {} any more", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        }
    }

    /** Sends what is new until the saga has ended; false when the service stops or the time is over before. */
    private boolean send(SseEmitter emitter, String id, long lastSeen) throws IOException, InterruptedException {
        long seen = lastSeen;
        long version = 0;
        long end = System.nanoTime() + LONGEST.toNanos();
        do {
            var found = queries.versioned(id);
            if (found.isEmpty()) {
                return false;
            }
            if (found.get().version() == version) {
                continue;
            }
            version = found.get().version();
            List<HistoryLine> lines;
            do {
                lines = queries.history(id, seen, MOST_LINES);
                for (HistoryLine line : lines) {
                    emitter.send(SseEmitter.event().id(Long.toString(line.id())).name("history").data(line));
                    seen = line.id();
                }
            } while (lines.size() == MOST_LINES);
            emitter.send(SseEmitter.event().name("saga").data(found.get().saga()));
            if (found.get().saga().endedAt() != null) {
                return true;
            }
        } while (System.nanoTime() < end && !stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        return false;
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        running = true;
    }

    /** The first to stop: the web server waits for open responses. */
    @Override
    public void stop() {
        running = false;
        stopped.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
