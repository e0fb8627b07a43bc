package io.mediasaga.orchestrator.start;

import io.mediasaga.orchestrator.OrchestratorProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Puts starts that come at the same time into shared transactions. A start that comes alone is committed at once; while
 * commits are under way the next batch gathers, so the busier it is, the more share a commit.
 */
@Component
class StartBatcher implements SmartLifecycle {

    private record Waiting(Start start, CompletableFuture<StartOutcome> outcome) {}

    private final Starter starter;
    private final OrchestratorProperties.Starts settings;
    private final BlockingQueue<Waiting> queue;
    private final List<Thread> committers = new ArrayList<>();
    private volatile boolean running;

    StartBatcher(Starter starter, OrchestratorProperties properties) {
        this.starter = starter;
        this.settings = properties.starts();
        this.queue = new LinkedBlockingQueue<>(settings.maxWaiting());
    }

    /** The outcome once it is committed; empty when too many wait already, or the service stops. */
    Optional<CompletableFuture<StartOutcome>> submit(Start start) {
        var waiting = new Waiting(start, new CompletableFuture<>());
        return running && queue.offer(waiting) ? Optional.of(waiting.outcome) : Optional.empty();
    }

    private void commit() {
        List<Waiting> batch = new ArrayList<>(settings.batch());
        while (true) {
            try {
                batch.add(queue.take());
            } catch (InterruptedException e) {
                return;
            }
            queue.drainTo(batch, settings.batch() - 1);
            commit(batch);
            batch.clear();
        }
    }

    private void commit(List<Waiting> batch) {
        try {
            List<StartOutcome> outcomes = starter.start(batch.stream().map(Waiting::start).toList());
            for (int i = 0; i < outcomes.size(); i++) {
                batch.get(i).outcome.complete(outcomes.get(i));
            }
        } catch (RuntimeException | Error e) {
            // An error too: a committer that dies would leave every later start without an answer.
            if (batch.size() == 1) {
                batch.getFirst().outcome.completeExceptionally(e);
            } else {
                // One that cannot be started must not take the others with it.
                batch.forEach(waiting -> commit(List.of(waiting)));
            }
        }
    }

    @Override
    public void start() {
        running = true;
        for (int i = 0; i < settings.committers(); i++) {
            committers.add(Thread.ofPlatform().name("starts-" + i).daemon(true).start(this::commit));
        }
    }

    @Override
    public void stop() {
        running = false;
        committers.forEach(Thread::interrupt);
        committers.clear();
        var stopping = new IllegalStateException("The orchestrator is stopping");
        queue.forEach(waiting -> waiting.outcome.completeExceptionally(stopping));
        queue.clear();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the web server has stopped taking requests and before the database goes. */
    @Override
    public int getPhase() {
        return 100;
    }
}
