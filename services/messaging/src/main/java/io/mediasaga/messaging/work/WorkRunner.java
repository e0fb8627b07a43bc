package io.mediasaga.messaging.work;

import io.mediasaga.messaging.config.MessagingProperties.WorkSettings;
import io.mediasaga.messaging.consumer.Correlation;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.consumer.Failures;
import io.mediasaga.messaging.work.WorkLeases.Claim;
import io.mediasaga.messaging.work.WorkLeases.LeaseKey;
import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Claims work, has it run while its lease is renewed, and gives it back when the service stops. */
public final class WorkRunner implements SmartLifecycle, WorkSignal.Runner {

    private static final Logger log = LoggerFactory.getLogger(WorkRunner.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);

    private final WorkLeases leases;
    private final WorkExecution execution;
    private final WorkSettings settings;
    private final String owner;
    private final boolean needed;
    private final Tracing tracing;

    private final Map<LeaseKey, LeasedWork> held = new ConcurrentHashMap<>();
    private final Semaphore capacity;
    private final WorkSignal signal;
    private volatile boolean running;
    private List<Thread> threads = List.of();
    private ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * @param owner names this process in the leases; unique to it
     * @param needed whether the service has long commands at all
     */
    public WorkRunner(
            WorkLeases leases,
            WorkExecution execution,
            WorkSettings settings,
            WorkSignal signal,
            String owner,
            Tracing tracing,
            boolean needed) {
        this.tracing = tracing;
        this.needed = needed;
        this.leases = leases;
        this.execution = execution;
        this.settings = settings;
        this.signal = signal;
        this.owner = owner;
        this.capacity = new Semaphore(settings.concurrency());
    }

    @Override
    public void start() {
        running = true;
        if (!needed) {
            return;
        }
        workers = Executors.newVirtualThreadPerTaskExecutor();
        threads = List.of(
                Thread.ofPlatform().name("work-claimer").daemon(true).start(this::claimLoop),
                Thread.ofPlatform().name("work-heartbeat").daemon(true).start(this::heartbeatLoop));
        signal.attach(this);
    }

    /** Stops the work under way and gives it back, so that another replica goes on at once. */
    @Override
    public void stop() {
        running = false;
        signal.attach(null);
        signal.wake();
        try {
            // First the claiming ends, so that nothing is claimed that nobody runs.
            for (Thread thread : threads) {
                thread.join(STOP_WAIT);
            }
            held.values().forEach(LeasedWork::stop);
            workers.shutdown();
            if (!workers.awaitTermination(STOP_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
                if (!workers.awaitTermination(1, TimeUnit.SECONDS)) {
                    log.warn("{} pieces of work did not stop in time; their leases run out by themselves", held.size());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops before the relay does. */
    @Override
    public int getPhase() {
        return 100;
    }

    private void claimLoop() {
        boolean away = false;
        while (running) {
            try {
                int claimed = claim();
                away = false;
                if (claimed == 0) {
                    signal.await(settings.pollInterval());
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (!away) {
                    log.warn("Work waits: {}", Failures.text(e));
                }
                away = true;
                pause();
            }
        }
    }

    /** Claims as much as there are free places; answers how much that was. */
    private int claim() {
        int free = capacity.drainPermits();
        int claimed = 0;
        try {
            if (free > 0) {
                List<Claim> claims = leases.claim(owner, settings.lease(), free);
                claimed = claims.size();
                claims.forEach(this::submit);
            }
        } finally {
            capacity.release(free - claimed);
        }
        return claimed;
    }

    @Override
    public String owner() {
        return owner;
    }

    @Override
    public Duration lease() {
        return settings.lease();
    }

    @Override
    public int reserve(int atMost) {
        for (int places = Math.min(atMost, capacity.availablePermits()); places > 0; places--) {
            if (capacity.tryAcquire(places)) {
                return places;
            }
        }
        return 0;
    }

    @Override
    public void giveBack(int places) {
        capacity.release(places);
    }

    @Override
    public void run(List<Claim> claims) {
        claims.forEach(this::submit);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(HEARTBEAT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void heartbeatLoop() {
        while (running) {
            pause();
            try {
                leases.sweepCancelled();
                heartbeat();
            } catch (RuntimeException e) {
                log.debug("Leases were not renewed", e);
            }
        }
    }

    private void heartbeat() {
        var mine = new HashSet<>(held.keySet());
        if (mine.isEmpty()) {
            return;
        }
        mine.removeAll(leases.renew(owner, settings.lease(), mine));
        for (LeaseKey lost : mine) {
            LeasedWork work = held.get(lost);
            if (work != null) {
                log.info("Work of {} is cancelled or its lease is lost; it is stopped", lost.step());
                work.stop();
            }
        }
    }

    private void submit(Claim claim) {
        var work = new LeasedWork(claim.key().epoch(), (topic, type, payload) -> execution.sendProgress(claim, topic, type, payload));
        held.put(claim.key(), work);
        if (!running) {
            work.stop();
        }
        try {
            workers.execute(() -> run(claim, work));
        } catch (RejectedExecutionException e) {
            // It was claimed while this stopped.
            held.remove(claim.key());
            capacity.release();
            leases.release(claim.key(), Duration.ZERO);
        }
    }

    private void run(Claim claim, LeasedWork work) {
        TraceSpan span = begin(claim);
        Delivery delivery = claim.delivery().within(span);
        try (var _ = Correlation.of(delivery, span.makeCurrent())) {
            execution.run(claim.as(delivery), work, () -> running);
        } finally {
            span.end();
            held.remove(claim.key());
            capacity.release();
            signal.wake();
        }
    }

    private TraceSpan begin(Claim claim) {
        var envelope = claim.delivery().envelope();
        return tracing.begin(SpanKind.INTERNAL, "run " + envelope.type(), claim.delivery().traceparent())
                .with("mediasaga.saga_id", envelope.sagaId())
                .with("mediasaga.step", envelope.step())
                .with("mediasaga.run", claim.runs() + 1);
    }
}
