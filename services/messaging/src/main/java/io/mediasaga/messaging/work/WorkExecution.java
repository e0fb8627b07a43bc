package io.mediasaga.messaging.work;

import io.mediasaga.messaging.AwayException;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Json;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.messaging.config.MessagingProperties.Retry;
import io.mediasaga.messaging.consumer.CommandExecutor;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.consumer.Failures;
import io.mediasaga.messaging.consumer.Replies;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import io.mediasaga.messaging.consumer.Routes;
import io.mediasaga.messaging.consumer.Writes;
import io.mediasaga.messaging.deadletter.DeadLetters;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.effect.EffectStore.Effect;
import io.mediasaga.messaging.effect.EffectStore.Status;
import io.mediasaga.messaging.work.WorkLeases.Claim;
import io.mediasaga.messaging.work.WorkLeases.Finished;
import io.mediasaga.tracing.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Runs the handler of claimed work, outside of transactions, and commits its outcome together with the reply. Thread-safe. */
public final class WorkExecution {

    private static final Logger log = LoggerFactory.getLogger(WorkExecution.class);
    private static final Duration SURROUNDINGS_WAIT = Duration.ofSeconds(1);
    private static final Duration AWAY_WAIT = Duration.ofSeconds(3);
    private static final Duration TELL_AWAY_EVERY = Duration.ofSeconds(10);

    private final WorkLeases leases;
    private final Endings endings;
    private final Routes routes;
    private final Replies replies;
    private final DeadLetters deadLetters;
    private final Outbox outbox;
    private final TransactionOperations transactions;
    private final Retry retry;
    private final Clock clock;
    private final AtomicLong awayToldAt = new AtomicLong(System.nanoTime() - TELL_AWAY_EVERY.toNanos() - 1);

    /** @param clock the time in {@code created_at}; nothing is decided by it */
    public WorkExecution(
            WorkLeases leases,
            EffectStore effects,
            Routes routes,
            Replies replies,
            DeadLetters deadLetters,
            Outbox outbox,
            TransactionOperations transactions,
            Retry retry,
            Clock clock) {
        this.leases = leases;
        this.endings = new Endings(leases, effects, transactions);
        this.routes = routes;
        this.replies = replies;
        this.deadLetters = deadLetters;
        this.outbox = outbox;
        this.transactions = transactions;
        this.retry = retry;
        this.clock = clock;
    }

    /** Runs the handler and writes down what came of it. */
    void run(Claim claim, LeasedWork work, BooleanSupplier goOn) {
        try {
            if (claim.runs() >= retry.attempts()) {
                log.error("Work of {} is given up: {} workers ended under it", claim.key().step(), claim.runs());
                bury(claim, claim.runs(), WorkLeases.ABANDONED, goOn);
                return;
            }
            LongCommand route = routes.longCommand(
                    claim.delivery().topic(), claim.delivery().envelope().type());
            Command<Object> command = CommandExecutor.command(route, claim.delivery());
            Outcome outcome = route.handler().run(command, work);
            finish(claim, route, work, outcome, goOn);
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (Throwable e) {
            failed(claim, work, e, goOn);
        }
    }

    private void finish(
            Claim claim, LongCommand route, LeasedWork work, Outcome outcome, BooleanSupplier goOn) {
        if (work.stopped() && outcome instanceof Outcome.Failure) {
            stoppedEarly(claim);
            return;
        }
        String payload = Replies.payload(outcome);
        commit(claim, goOn, (finished, writes) -> {
            writes.add(claim.delivery(), outcome);
            replies.send(route.handles(), outcome, claim.delivery(), finished.attempt(), payload);
            return new Effect(claim.key().step(), EffectStore.statusOf(outcome), finished.attempt(), payload);
        });
    }

    /**
     * Ends the work, if its lease is still held. What took long is not thrown away because the database
     * is away at its end: it is tried until it comes back. By then the lease may be lost, and nothing happens.
     */
    private void commit(Claim claim, BooleanSupplier goOn, BiFunction<Finished, Writes, Effect> ending) {
        while (true) {
            try {
                endings.end(claim, ending);
                return;
            } catch (RuntimeException e) {
                if (!Failures.isSurroundings(e) || !goOn.getAsBoolean()) {
                    throw e;
                }
                log.debug("The outcome of {} is stored later", claim.key().step(), e);
                LockSupport.parkNanos(SURROUNDINGS_WAIT.toNanos());
            }
        }
    }

    private void failed(Claim claim, LeasedWork work, Throwable failure, BooleanSupplier goOn) {
        String error = Failures.text(failure);
        Tracing.currentFailed(error);
        try {
            if (work.stopped()) {
                stoppedEarly(claim);
                return;
            }
            int runs = claim.runs() + 1;
            if (failure instanceof AwayException) {
                away(claim, error);
                return;
            }
            log.warn("Work of {} failed (run {}): {}", claim.key().step(), runs, error);
            if (Failures.isSurroundings(failure)) {
                // Not the command's fault: does not count as a run.
                leases.release(claim.key(), SURROUNDINGS_WAIT);
            } else if (runs < retry.attempts() && !Failures.isPermanent(failure)) {
                leases.failed(claim.key(), retry.after(runs), error);
            } else {
                bury(claim, runs, error, goOn);
            }
        } catch (RuntimeException e) {
            log.warn("The outcome of {} was not stored; its lease runs out: {}", claim.key().step(), Failures.text(e));
        }
    }

    /** Does not count as a run either. Said now and then: much work may be waiting for the same thing. */
    private void away(Claim claim, String error) {
        long now = System.nanoTime();
        long last = awayToldAt.get();
        if (now - last > TELL_AWAY_EVERY.toNanos() && awayToldAt.compareAndSet(last, now)) {
            log.warn("Work of {} and perhaps more has to wait: {}", claim.key().step(), error);
        } else {
            log.debug("Work of {} has to wait: {}", claim.key().step(), error);
        }
        leases.release(claim.key(), AWAY_WAIT);
    }

    private void bury(Claim claim, int runs, String error, BooleanSupplier goOn) {
        Delivery delivery = claim.delivery();
        commit(claim, goOn, (finished, writes) -> {
            String payload = Replies.payload(Outcome.refused("DEAD_LETTER", error));
            String firstError = claim.firstError() == null ? error : claim.firstError();
            deadLetters.bury(
                    delivery, routes.find(delivery.topic(), delivery.envelope()), runs, firstError, error);
            return new Effect(claim.key().step(), Status.FAILURE, finished.attempt(), payload);
        });
    }

    /** Cancelled work goes; work that a shutdown interrupted is given back. */
    private void stoppedEarly(Claim claim) {
        leases.release(claim.key(), Duration.ZERO);
        leases.sweepCancelled();
    }

    /** Sends how far the work is, in a transaction of its own. */
    void sendProgress(Claim claim, String topic, String type, Object payload) {
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
                topic,
                asked.sagaId(),
                envelope,
                claim.delivery().requestId(),
                claim.delivery().traceparent())));
    }
}
