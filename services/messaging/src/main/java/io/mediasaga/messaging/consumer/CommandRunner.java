package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.consumer.CommandExecutor.Routed;
import io.mediasaga.messaging.consumer.Route.BatchCommand;
import io.mediasaga.messaging.consumer.Route.CommandRoute;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import io.mediasaga.messaging.consumer.Route.ShortCommand;
import io.mediasaga.messaging.effect.EffectStore;
import io.mediasaga.messaging.effect.EffectStore.Effect;
import io.mediasaga.messaging.effect.EffectStore.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls the handlers of commands inside the consumer's transaction, and tells what came of them. */
final class CommandRunner {

    private final Replies replies;
    private final Chaos chaos;

    CommandRunner(Replies replies, Chaos chaos) {
        this.replies = replies;
        this.chaos = chaos;
    }

    /**
     * Runs the commands, each of another saga.
     *
     * @param early outcomes of long commands that have been carried out already
     * @return the effects; that of a long command without an outcome is pending
     * @throws DeliveryFailedException when a handler fails and it can be told for which command
     */
    Map<Routed, Effect> run(List<Routed> commands, Map<Delivery, Outcome> early) {
        var byHandler = new LinkedHashMap<Object, List<Routed>>();
        var outcomes = new LinkedHashMap<Routed, @Nullable Outcome>();
        for (Routed command : commands) {
            Outcome simulated =
                    command.undone() == null ? chaos.answer(command.delivery().envelope()) : null;
            if (simulated == null) {
                byHandler.computeIfAbsent(command.route().handler(), handler -> new ArrayList<>()).add(command);
            } else {
                outcomes.put(command, simulated);
            }
        }
        byHandler.values().forEach(same -> {
            switch (same.getFirst().route()) {
                case ShortCommand route -> same.forEach(each -> outcomes.put(each, runOne(each, route)));
                case BatchCommand route -> runTogether(same, route, outcomes);
                case LongCommand route -> same.forEach(each -> outcomes.put(each, earlier(each, route, early)));
            }
        });
        return tell(outcomes);
    }

    private static Outcome runOne(Routed command, ShortCommand route) {
        Delivery delivery = command.delivery();
        try (var _ = Correlation.of(delivery)) {
            return route.handler().handle(CommandExecutor.command(route, delivery));
        } catch (Throwable e) {
            throw DeliveryFailedException.of(delivery, e);
        }
    }

    private static void runTogether(
            List<Routed> same, BatchCommand route, Map<Routed, @Nullable Outcome> outcomes) {
        var commands = new ArrayList<Command<Object>>(same.size());
        for (Routed each : same) {
            commands.add(read(route, each.delivery()));
        }
        var deliveries = same.stream().map(Routed::delivery).toList();
        List<Outcome> results = Blame.together(commands, deliveries, route.handler()::handle);
        if (results.size() != same.size()) {
            throw new IllegalStateException(route.handler().getClass().getName() + " answered " + results.size()
                    + " outcomes for " + same.size() + " commands; one for each is expected.");
        }
        for (int i = 0; i < same.size(); i++) {
            outcomes.put(same.get(i), results.get(i));
        }
    }

    private static @Nullable Outcome earlier(Routed command, LongCommand route, Map<Delivery, Outcome> early) {
        Outcome outcome = early.get(command.delivery());
        if (outcome == null) {
            read(route, command.delivery()); // what cannot be read is refused here and does not become work
        }
        return outcome;
    }

    private static Command<Object> read(CommandRoute route, Delivery delivery) {
        try {
            return CommandExecutor.command(route, delivery);
        } catch (RuntimeException e) {
            throw DeliveryFailedException.of(delivery, e);
        }
    }

    private Map<Routed, Effect> tell(Map<Routed, @Nullable Outcome> outcomes) {
        var effects = new LinkedHashMap<Routed, Effect>();
        var writes = new Writes();
        outcomes.forEach((command, outcome) -> {
            if (outcome == null && command.route() instanceof LongCommand) {
                effects.put(command, new Effect(command.step(), Status.PENDING, command.attempt(), null));
            } else {
                effects.put(command, effect(command, outcome));
                writes.add(command.delivery(), outcome);
            }
        });
        // Before the replies: what fails here is not to be told as a success.
        writes.run();
        effects.forEach((command, effect) -> reply(command, outcomes.get(command), effect.payload()));
        return effects;
    }

    private static Effect effect(Routed command, @Nullable Outcome outcome) {
        try {
            String payload = Replies.payload(outcome);
            return new Effect(command.step(), EffectStore.statusOf(outcome), command.attempt(), payload);
        } catch (RuntimeException e) {
            throw DeliveryFailedException.of(command.delivery(), e);
        }
    }

    private void reply(Routed command, @Nullable Outcome outcome, @Nullable String payload) {
        if (outcome == null || payload == null) {
            return;
        }
        try {
            replies.send(command.route().handles(), outcome, command.delivery(), command.attempt(), payload);
        } catch (RuntimeException e) {
            throw DeliveryFailedException.of(command.delivery(), e);
        }
    }
}
