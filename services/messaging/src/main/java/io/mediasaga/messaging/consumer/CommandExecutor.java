package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.consumer.Route.CommandRoute;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.effect.EffectStore.Effect;
import io.mediasaga.messaging.effect.EffectStore.Status;
import io.mediasaga.messaging.effect.EffectStore.StepKey;
import io.mediasaga.messaging.work.WorkStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commands inside the consumer's transaction. Effects are unique by saga and step: a command that comes again
 * gets the stored outcome again; one whose step has been compensated is refused.
 */
public final class CommandExecutor {

    private static final String COMPENSATED = Replies.payload(
            Outcome.refused("COMPENSATED", "The step has been compensated already; its command came too late."));

    private final EffectStore effects;
    private final WorkStore work;
    private final Replies replies;
    private final CommandRunner runner;

    /** The first three share the consumer's transaction. */
    public CommandExecutor(EffectStore effects, WorkStore work, Replies replies, Chaos chaos) {
        this.effects = effects;
        this.work = work;
        this.replies = replies;
        this.runner = new CommandRunner(replies, chaos);
    }

    /** A command and who carries it out. */
    public record Routed(Delivery delivery, CommandRoute route) {

        StepKey step() {
            return new StepKey(
                    delivery.envelope().sagaId(), delivery.envelope().step());
        }

        @Nullable Integer attempt() {
            return delivery.envelope().attempt();
        }

        /** The step that this compensation undoes; {@code null} for an ordinary command. */
        @Nullable StepKey undone() {
            String declared = route.handles().compensates();
            if (declared.isEmpty()) {
                return null;
            }
            String named = delivery.envelope().compensates();
            return new StepKey(delivery.envelope().sagaId(), named == null ? declared : named);
        }
    }

    /**
     * Carries out the commands, those of one saga in their order.
     *
     * @param early outcomes of long commands that have been carried out already, see {@link AtOnce}
     * @throws DeliveryFailedException when a handler fails and it can be told for which command
     */
    void execute(List<Routed> commands, Map<Delivery, Outcome> early) {
        var batch = new ArrayList<Routed>();
        var sagas = new HashSet<String>();
        var handlers = new HashMap<String, Object>();
        for (Routed command : commands) {
            String key = command.delivery().orderingKey();
            Object handler = command.route().handler();
            // A command and its compensation, or its repetition, in one batch see each other only one after the other.
            if (!sagas.add(command.step().sagaId()) || handlers.getOrDefault(key, handler) != handler) {
                executeDistinct(batch, early);
                batch.clear();
                sagas.clear();
                handlers.clear();
                sagas.add(command.step().sagaId());
            }
            handlers.put(key, handler);
            batch.add(command);
        }
        executeDistinct(batch, early);
    }

    private void executeDistinct(List<Routed> commands, Map<Delivery, Outcome> early) {
        if (commands.isEmpty()) {
            return;
        }
        bury(commands);
        Map<StepKey, Effect> stored =
                effects.find(commands.stream().map(Routed::step).toList());
        var toRun = new ArrayList<Routed>();
        for (Routed command : commands) {
            Effect before = stored.get(command.step());
            switch (verdict(before, command.delivery())) {
                case RUN -> toRun.add(command);
                case REPEAT -> repeat(command, before);
                case JOIN -> {
                    if (!work.renumber(command.step(), command.attempt())) {
                        // It has ended this very moment; storing the step below tells how.
                        toRun.add(command);
                    }
                }
                case REFUSE ->
                    replies.failure(command.route().handles(), command.delivery(), command.attempt(), COMPENSATED);
            }
        }
        if (!toRun.isEmpty()) {
            store(runner.run(toRun, early));
        }
    }

    /** Before the handlers run: from here on the command of the step either has committed, and is seen, or is refused. */
    private void bury(List<Routed> commands) {
        Set<StepKey> undone = new HashSet<>();
        for (Routed command : commands) {
            StepKey step = command.undone();
            if (step != null) {
                undone.add(step);
            }
        }
        if (!undone.isEmpty()) {
            effects.bury(undone);
            work.cancel(undone);
        }
    }

    private void store(Map<Routed, Effect> outcomes) {
        // Work first: it looks whether the step has an effect from before.
        work.add(outcomes.entrySet().stream()
                .filter(o -> o.getValue().status() == Status.PENDING)
                .map(o -> new WorkStore.NewWork(o.getKey().delivery(), o.getKey().undone()))
                .toList());
        effects.store(List.copyOf(outcomes.values()));
    }

    private enum Verdict {
        RUN,
        REPEAT,
        JOIN,
        REFUSE
    }

    private static Verdict verdict(@Nullable Effect before, Delivery delivery) {
        if (before == null) {
            return Verdict.RUN;
        }
        return switch (before.status()) {
            case SUCCESS -> Verdict.REPEAT;
            case BURIED -> Verdict.REFUSE;
            case PENDING -> Verdict.JOIN;
            // A failure left no effect: a new attempt runs, the same attempt under another message id is told again.
            case FAILURE -> {
                Integer asked = delivery.envelope().attempt();
                boolean again = asked == null
                        || before.attempt() == null
                        || asked > before.attempt()
                        || delivery.redriven();
                yield again ? Verdict.RUN : Verdict.REPEAT;
            }
        };
    }

    /**
     * The command as its handler sees it.
     *
     * @throws InvalidPayloadException when the payload does not have the handler's shape
     */
    public static Command<Object> command(CommandRoute route, Delivery delivery) {
        Envelope envelope = delivery.envelope();
        Object payload = Payloads.read(envelope, route.payload());
        return new Command<>(envelope.sagaId(), envelope.step(), envelope.attempt(), delivery.requestId(), delivery.traceparent(), payload);
    }

    private void repeat(Routed command, @Nullable Effect before) {
        if (before == null || before.payload() == null) {
            return;
        }
        if (before.status() == Status.SUCCESS) {
            replies.success(command.route().handles(), command.delivery(), command.attempt(), before.payload());
        } else {
            replies.failure(command.route().handles(), command.delivery(), command.attempt(), before.payload());
        }
    }
}
