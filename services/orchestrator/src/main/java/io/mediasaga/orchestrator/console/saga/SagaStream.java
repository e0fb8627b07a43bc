package io.mediasaga.orchestrator.console.saga;

import io.mediasaga.web.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open pages when their saga has changed; what has changed they ask for themselves. */
@Component
class SagaStream implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(SagaStream.class);
    private static final Duration INTERVAL = Duration.ofMillis(400);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int BEATS = 37;
    private static final int MOST_AT_ONCE = 200;

    private final SagaReader sagas;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    SagaStream(SagaReader sagas) {
        this.sagas = sagas;
    }

    /** @throws ProblemException 503 when too many pages are open; they look by themselves then, less often */
    SseEmitter follow(String id, long seen) {
        if (!places.tryAcquire()) {
            throw new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, "TOO_MANY_PAGES", "Too many pages are open at once");
        }
        var emitter = new SseEmitter(LONGEST.plusSeconds(30).toMillis());
        Thread.ofVirtual().name("console-" + id).start(() -> {
            try {
                run(emitter, id, seen);
            } finally {
                places.release();
            }
        });
        return emitter;
    }

    private void run(SseEmitter emitter, String id, long seen) {
        try {
            tell(emitter, id, seen);
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("Nobody looks at saga {} any more", id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
        }
    }

    private void tell(SseEmitter emitter, String id, long seen) throws IOException, InterruptedException {
        long known = seen;
        long end = System.nanoTime() + LONGEST.toNanos();
        for (int beat = 1; System.nanoTime() < end; beat++) {
            OptionalLong version = sagas.version(id);
            if (version.isEmpty()) {
                return;
            }
            if (version.getAsLong() != known) {
                known = version.getAsLong();
                emitter.send(SseEmitter.event().name("changed").data(known));
            } else if (beat % BEATS == 0) {
                emitter.send(SseEmitter.event().comment("still here")); // else nobody learns that the browser is gone
            }
            if (stopped.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
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
