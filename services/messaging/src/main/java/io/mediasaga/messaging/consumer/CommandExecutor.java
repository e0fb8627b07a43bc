package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.consumer.Route.CommandRoute;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import io.mediasaga.messaging.consumer.Route.ShortCommand;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.effect.EffectStore.Effect;
import io.mediasaga.messaging.effect.EffectStore.Status;
import io.mediasaga.messaging.effect.EffectStore.StepKey;
import io.mediasaga.messaging.work.WorkStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    private final Chaos chaos;

    /** The first three share the consumer's transaction. */
    public CommandExecutor(EffectStore effects, WorkStore work, Replies replies, Chaos chaos) {
        this.effects = effects;
        this.work = work;
        this.replies = replies;
        this.chaos = chaos;
    }

    /** A command and who carries it out. */
    public record Routed(Delivery delivery, CommandRoute route) {

        StepKey step() {
            return new StepKey(
                    delivery.envelope().sagaId(), delivery.envelope().step());
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
     * Carries out the commands, in their order.
     *
     * @throws DeliveryFailedException when a handler fails
     */
    public void execute(List<Routed> commands) {
        var batch = new ArrayList<Routed>();
        var touched = new HashSet<StepKey>();
        for (Routed command : commands) {
            StepKey undone = command.undone();
            // A command and its compensation, or its repetition, in one batch see each other only one after the other.
            if (!touched.add(command.step()) | (undone != null && !touched.add(undone))) {
                executeDistinct(batch);
                batch.clear();
                touched.clear();
                touched.add(command.step());
                if (undone != null) {
                    touched.add(undone);
                }
            }
            batch.add(command);
        }
        executeDistinct(batch);
    }

    private void executeDistinct(List<Routed> commands) {
        if (commands.isEmpty()) {
            return;
        }
        Set<StepKey> undone = new HashSet<>();
        for (Routed command : commands) {
            StepKey step = command.undone();
            if (step != null) {
                undone.add(step);
            }
        }
        if (!undone.isEmpty()) {
            // Before the handlers run: from here on the command of the step either has committed, and is seen, or is refused.
            effects.bury(undone);
            work.cancel(undone);
        }
        Map<StepKey, Effect> stored =
                effects.find(commands.stream().map(Routed::step).toList());
        var outcomes = new LinkedHashMap<Routed, Effect>();
        for (Routed command : commands) {
            Effect before = stored.get(command.step());
            switch (verdict(before, command.delivery())) {
                case RUN -> outcomes.put(command, run(command));
                case REPEAT -> repeat(command, before);
                case JOIN -> {
                    if (!work.renumber(command.step(), attempt(command))) {
                        // It has ended this very moment; storing the step below tells how.
                        outcomes.put(command, run(command));
                    }
                }
                case REFUSE ->
                    replies.failure(command.route().handles(), command.delivery(), attempt(command), COMPENSATED);
            }
        }
        if (!outcomes.isEmpty()) {
            // Work first: it looks whether the step has an effect from before.
            work.add(outcomes.entrySet().stream()
                    .filter(o -> o.getValue().status() == Status.PENDING)
                    .map(o -> new WorkStore.NewWork(o.getKey().delivery(), o.getKey().undone()))
                    .toList());
            effects.store(List.copyOf(outcomes.values()));
        }
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

    private Effect run(Routed command) {
        Delivery delivery = command.delivery();
        try (var _ = Correlation.of(delivery.envelope().sagaId(), delivery.requestId())) {
            Outcome.Failure simulated = command.undone() == null ? chaos.answer(delivery.envelope()) : null;
            if (simulated != null) {
                return answered(command, simulated);
            }
            return switch (command.route()) {
                case ShortCommand route -> runShort(command, route);
                case LongCommand route -> {
                    command(route, delivery); // what cannot be read is refused here and does not become work
                    yield new Effect(command.step(), Status.PENDING, attempt(command), null);
                }
            };
        } catch (Throwable e) {
            throw DeliveryFailedException.of(delivery, e);
        }
    }

    private Effect runShort(Routed command, ShortCommand route) {
        return answered(command, route.handler().handle(command(route, command.delivery())));
    }

    private Effect answered(Routed command, Outcome outcome) {
        String payload = Replies.payload(outcome);
        if (outcome instanceof Outcome.Success done && done.transaction() != null) {
            done.transaction().run();
        }
        replies.send(command.route().handles(), outcome, command.delivery(), attempt(command), payload);
        return new Effect(command.step(), EffectStore.statusOf(outcome), attempt(command), payload);
    }

    /**
     * The command as its handler sees it.
     *
     * @throws InvalidPayloadException when the payload does not have the handler's shape
     */
    public static Command<Object> command(CommandRoute route, Delivery delivery) {
        Envelope envelope = delivery.envelope();
        Object payload = Payloads.read(envelope, route.payload());
        return new Command<>(envelope.sagaId(), envelope.step(), envelope.attempt(), delivery.requestId(), payload);
    }

    private void repeat(Routed command, @Nullable Effect before) {
        if (before == null || before.payload() == null) {
            return;
        }
        if (before.status() == Status.SUCCESS) {
            replies.success(command.route().handles(), command.delivery(), attempt(command), before.payload());
        } else {
            replies.failure(command.route().handles(), command.delivery(), attempt(command), before.payload());
        }
    }

    private static @Nullable Integer attempt(Routed command) {
        return command.delivery().envelope().attempt();
    }
}
