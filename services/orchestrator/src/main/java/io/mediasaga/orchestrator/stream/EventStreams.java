package io.mediasaga.orchestrator.stream;

import io.mediasaga.web.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Gives each stream of events a thread of its own, and ends all of them before the web server waits for their responses. */
@Component
public class EventStreams implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(EventStreams.class);
    private static final Duration GRACE = Duration.ofSeconds(30);

    private volatile CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean running;

    /** Says what there is to say, look by look, until {@link Looks#again()} denies another one. */
    @FunctionalInterface
    public interface Telling {
        void tell(SseEmitter emitter, Looks looks) throws IOException, InterruptedException;
    }

    /** When to look again. */
    public final class Looks {
        private final Duration interval;
        private final long end;

        private Looks(Duration interval, Duration longest) {
            this.interval = interval;
            this.end = System.nanoTime() + longest.toNanos();
        }

        /** Waits for the next look; false when the service stops or the stream has lasted long enough. */
        public boolean again() throws InterruptedException {
            return System.nanoTime() - end < 0 && !stopped.await(interval.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /**
     * Opens a stream; it ends when the telling does.
     *
     * @param about what it is about, for thread dumps and logs
     * @param places how many more of its kind may be open
     * @param interval the time between two looks
     * @param longest how long it may last
     * @throws ProblemException 503 when there is no place left
     */
    public SseEmitter open(String about, Semaphore places, Duration interval, Duration longest, Telling telling) {
        if (!places.tryAcquire()) {
            throw new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, "TOO_MANY_STREAMS", "Too many streams of events are open at once; ask again later");
        }
        var emitter = new SseEmitter(longest.plus(GRACE).toMillis());
        Thread.ofVirtual().name("events-" + about).start(() -> {
            try {
                run(emitter, about, new Looks(interval, longest), telling);
            } finally {
                places.release();
            }
        });
        return emitter;
    }

    private static void run(SseEmitter emitter, String about, Looks looks, Telling telling) {
        try {
            telling.tell(emitter, looks);
            emitter.complete();
        } catch (IOException | IllegalStateException e) {
            log.debug("Nobody follows {} any more", about);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            emitter.complete();
        } catch (RuntimeException e) {
            emitter.completeWithError(e);
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
