package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has long commands that are short after all carried out before the transaction of their batch, side by side. */
final class AtOnce {

    private static final Logger log = LoggerFactory.getLogger(AtOnce.class);

    private AtOnce() {}

    /** A command and who may carry it out at once. */
    record Candidate(Delivery delivery, LongCommand route) {}

    /** The outcomes of those that were carried out; the others become work. By identity. */
    static Map<Delivery, Outcome> run(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return Map.of();
        }
        var outcomes = new IdentityHashMap<Delivery, Outcome>();
        if (candidates.size() == 1) {
            put(outcomes, candidates.getFirst().delivery(), run(candidates.getFirst()));
            return outcomes;
        }
        var running = new IdentityHashMap<Delivery, Future<@Nullable Outcome>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            candidates.forEach(each -> running.put(each.delivery(), threads.submit(() -> run(each))));
            for (var each : running.entrySet()) {
                put(outcomes, each.getKey(), each.getValue().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // Only an error is not caught there.
            throw new IllegalStateException(e.getCause());
        }
        return outcomes;
    }

    private static void put(Map<Delivery, Outcome> outcomes, Delivery delivery, @Nullable Outcome outcome) {
        if (outcome != null) {
            outcomes.put(delivery, outcome);
        }
    }

    private static @Nullable Outcome run(Candidate candidate) {
        Delivery delivery = candidate.delivery();
        try (var _ = Correlation.of(delivery)) {
            return candidate.route().handler().atOnce(CommandExecutor.command(candidate.route(), delivery));
        } catch (Exception e) {
            log.debug("{} of saga {} becomes work", delivery.envelope().type(), delivery.envelope().sagaId(), e);
            return null;
        }
    }
}
