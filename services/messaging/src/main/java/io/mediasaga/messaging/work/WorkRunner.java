package io.mediasaga.messaging.work;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Json;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.messaging.config.MessagingProperties.Retry;
import io.mediasaga.messaging.config.MessagingProperties.WorkSettings;
import io.mediasaga.messaging.consumer.CommandExecutor;
import io.mediasaga.messaging.consumer.Correlation;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.consumer.Failures;
import io.mediasaga.messaging.consumer.Replies;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import io.mediasaga.messaging.consumer.Routes;
import io.mediasaga.messaging.deadletter.DeadLetters;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.effect.EffectStore.Effect;
import io.mediasaga.messaging.effect.EffectStore.Status;
import io.mediasaga.messaging.work.WorkStore.Claim;
import io.mediasaga.messaging.work.WorkStore.Finished;
import io.mediasaga.messaging.work.WorkStore.LeaseKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/** Claims work, runs it outside of transactions while its lease is renewed, and commits its outcome with the reply. */
public final class WorkRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkRunner.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration STOP_WAIT = Duration.ofSeconds(10);
    private static final Duration SURROUNDINGS_WAIT = Duration.ofSeconds(1);

    private final WorkStore store;
    private final EffectStore effects;
    private final Routes routes;
    private final Replies replies;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final WorkSettings settings;
    private final Retry retry;
    private final Clock clock;
    private final String owner;

    private final Map<LeaseKey, LeasedWork> held = new ConcurrentHashMap<>();
    private final Semaphore capacity;
    private final WorkSignal signal;
    private volatile boolean running;
    private List<Thread> threads = List.of();
    private ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    /** @param owner names this process in the leases; unique to it */
    public WorkRunner(
            WorkStore store,
            EffectStore effects,
            Routes routes,
            Replies replies,
            DeadLetters deadLetters,
            Outbox outbox,
            TransactionOperations transactions,
            WorkSettings settings,
            Retry retry,
            Clock clock,
            WorkSignal signal,
            String owner) {
        this.store = store;
        this.effects = effects;
        this.routes = routes;
        this.replies = replies;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.transactions = transactions;
        this.settings = settings;
        this.retry = retry;
        this.clock = clock;
        this.signal = signal;
        this.owner = owner;
        this.capacity = new Semaphore(settings.concurrency());
    }

    @Override
    public void start() {
        running = true;
        workers = Executors.newVirtualThreadPerTaskExecutor();
        threads = List.of(
                Thread.ofPlatform().name("work-claimer").daemon(true).start(this::claimLoop),
                Thread.ofPlatform().name("work-heartbeat").daemon(true).start(this::heartbeatLoop));
    }

    /** Stops the work under way and gives it back, so that another replica goes on at once. */
    @Override
    public void stop() {
        running = false;
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
                int free = capacity.availablePermits();
                List<Claim> claims = free == 0 ? List.of() : store.claim(owner, settings.lease(), free);
                away = false;
                for (Claim claim : claims) {
                    capacity.acquire();
                    submit(claim);
                }
                if (claims.isEmpty()) {
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
                store.sweepCancelled();
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
        store.renew(owner, settings.lease(), mine).forEach(mine::remove);
        for (LeaseKey lost : mine) {
            LeasedWork work = held.get(lost);
            if (work != null) {
                log.info("Work of {} is cancelled or its lease is lost; it is stopped", lost.step());
                work.stop();
            }
        }
    }

    private void submit(Claim claim) {
        var work = new LeasedWork(claim.key().epoch(), (topic, type, payload) -> sendProgress(claim, topic, type, payload));
        held.put(claim.key(), work);
        if (!running) {
            work.stop();
        }
        workers.execute(() -> {
            try (var _ = Correlation.of(
                    claim.delivery().envelope().sagaId(), claim.delivery().requestId())) {
                run(claim, work);
            } finally {
                held.remove(claim.key());
                capacity.release();
                signal.wake();
            }
        });
    }

    private void run(Claim claim, LeasedWork work) {
        try {
            LongCommand route = routes.longCommand(
                    claim.delivery().topic(), claim.delivery().envelope().type());
            Command<Object> command = CommandExecutor.command(route, claim.delivery());
            Outcome outcome = route.handler().run(command, work);
            finish(claim, route, work, outcome);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            failed(claim, work, e);
        }
    }

    private void finish(Claim claim, LongCommand route, LeasedWork work, Outcome outcome) {
        if (work.stopped() && outcome instanceof Outcome.Failure) {
            stoppedEarly(claim);
            return;
        }
        String payload = Replies.payload(outcome);
        commit(claim, finished -> {
            if (outcome instanceof Outcome.Success done && done.transaction() != null) {
                done.transaction().run();
            }
            effects.store(List.of(
                    new Effect(claim.key().step(), EffectStore.statusOf(outcome), finished.attempt(), payload)));
            replies.send(route.handles(), outcome, claim.delivery(), finished.attempt(), payload);
        });
    }

    /**
     * Ends the work in one transaction, if its lease is still held. What took long is not thrown away because the database
     * is away at its end: it is tried until it comes back. By then the lease may be lost, and nothing happens.
     */
    private void commit(Claim claim, Consumer<Finished> ending) {
        while (true) {
            try {
                transactions.executeWithoutResult(status -> {
                    effects.lock(claim.key().step());
                    store.finish(claim.key()).ifPresent(ending);
                });
                return;
            } catch (RuntimeException e) {
                if (!Failures.isSurroundings(e) || !running) {
                    throw e;
                }
                log.debug("The outcome of {} is stored later", claim.key().step(), e);
                pause();
            }
        }
    }

    private void failed(Claim claim, LeasedWork work, Throwable failure) {
        String error = Failures.text(failure);
        try {
            if (work.stopped()) {
                stoppedEarly(claim);
                return;
            }
            int runs = claim.runs() + 1;
            log.warn("Work of {} failed (run {}): {}", claim.key().step(), runs, error);
            if (Failures.isSurroundings(failure)) {
                // Not the command's fault: does not count as a run.
                store.release(claim.key(), SURROUNDINGS_WAIT);
            } else if (runs < retry.attempts() && !Failures.isPermanent(failure)) {
                store.failed(claim.key(), retry.after(runs), error);
            } else {
                bury(claim, runs, error);
            }
        } catch (RuntimeException e) {
            log.warn("The outcome of {} was not stored; its lease runs out: {}", claim.key().step(), Failures.text(e));
        }
    }

    private void bury(Claim claim, int runs, String error) {
        Delivery delivery = claim.delivery();
        commit(claim, finished -> {
            String payload = Replies.payload(Outcome.refused("DEAD_LETTER", error));
            effects.store(List.of(new Effect(claim.key().step(), Status.FAILURE, finished.attempt(), payload)));
            String firstError = claim.firstError() == null ? error : claim.firstError();
            deadLetters.bury(
                    delivery, routes.find(delivery.topic(), delivery.envelope()), runs, firstError, error);
        });
    }

    /** Cancelled work goes; work that a shutdown interrupted is given back. */
    private void stoppedEarly(Claim claim) {
        store.release(claim.key(), Duration.ZERO);
        store.sweepCancelled();
    }

    private void sendProgress(Claim claim, String topic, String type, Object payload) {
        Envelope asked = claim.delivery().envelope();
        var envelope = new Envelope(
                Envelope.newId(),
                asked.sagaId(),
                type,
                asked.step(),
                clock.instant(),
                Json.write(payload),
                asked.attempt(),
                1,
                null);
        transactions.executeWithoutResult(status -> outbox.send(new OutgoingMessage(
                topic, asked.sagaId(), envelope, claim.delivery().requestId())));
    }
}
