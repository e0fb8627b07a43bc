package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.BatchHandler;
import io.mediasaga.messaging.BatchHandler.Message;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.chaos.Chaos;
import io.mediasaga.messaging.chaos.SimulatedFailure;
import io.mediasaga.messaging.consumer.CommandExecutor.Routed;
import io.mediasaga.messaging.consumer.Route.BatchEvent;
import io.mediasaga.messaging.consumer.Route.BatchRoute;
import io.mediasaga.messaging.consumer.Route.CommandRoute;
import io.mediasaga.messaging.consumer.Route.EventRoute;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import io.mediasaga.messaging.consumer.Route.SingleEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings messages to their handlers inside the current transaction; keeps the order of each key. */
final class MessageExecutor {

    private final Routes routes;
    private final CommandExecutor commands;
    private final Chaos chaos;

    MessageExecutor(Routes routes, CommandExecutor commands, Chaos chaos) {
        this.routes = routes;
        this.commands = commands;
        this.chaos = chaos;
    }

    Route route(Delivery delivery) {
        return routes.find(delivery.topic(), delivery.envelope());
    }

    /** Has those carried out before the transaction that can be; the outcomes are for {@link #execute}. */
    Map<Delivery, Outcome> beforehand(List<Delivery> deliveries) {
        var candidates = new ArrayList<AtOnce.Candidate>();
        for (Delivery delivery : deliveries) {
            if (route(delivery) instanceof LongCommand command) {
                candidates.add(new AtOnce.Candidate(delivery, command));
            }
        }
        return AtOnce.run(candidates);
    }

    /**
     * Handles the deliveries, all of them or none.
     *
     * @param early outcomes that have come about already
     * @throws DeliveryFailedException when one of them makes it fail
     */
    void execute(List<Delivery> deliveries, Map<Delivery, Outcome> early) {
        var groups = new LinkedHashMap<Object, List<Delivery>>();
        var groupOfKey = new HashMap<String, Object>();
        for (Delivery delivery : deliveries) {
            Route route = route(delivery);
            strike(delivery, route);
            Object group = groupOf(route);
            Object before = groupOfKey.put(delivery.orderingKey(), group);
            if (before != null && !before.equals(group)) {
                executeGroups(groups, early);
                groups.clear();
                groupOfKey.clear();
                groupOfKey.put(delivery.orderingKey(), group);
            }
            groups.computeIfAbsent(group, g -> new ArrayList<>()).add(delivery);
        }
        executeGroups(groups, early);
    }

    private void strike(Delivery delivery, Route route) {
        try {
            chaos.strike(delivery.envelope(), route instanceof CommandRoute command && command.handles().compensates().isEmpty());
        } catch (SimulatedFailure e) {
            throw DeliveryFailedException.of(delivery, e);
        }
    }

    private static Object groupOf(Route route) {
        return switch (route) {
            case BatchRoute batch -> batch.handler();
            case BatchEvent event -> event;
            case CommandRoute command -> CommandRoute.class;
            default -> EventRoute.class;
        };
    }

    private void executeGroups(Map<Object, List<Delivery>> groups, Map<Delivery, Outcome> early) {
        groups.forEach((group, deliveries) -> {
            switch (group) {
                case BatchHandler handler -> executeBatch(handler, deliveries);
                case BatchEvent event -> executeEvents(event, deliveries);
                default -> {
                    if (group == CommandRoute.class) {
                        commands.execute(
                                deliveries.stream()
                                        .map(d -> new Routed(d, (CommandRoute) route(d)))
                                        .toList(),
                                early);
                    } else {
                        deliveries.forEach(this::executeEvent);
                    }
                }
            }
        });
    }

    private static void executeBatch(BatchHandler handler, List<Delivery> deliveries) {
        List<Message> messages = deliveries.stream()
                .map(delivery -> new Message(delivery.topic(), delivery.envelope(), delivery.requestId()))
                .toList();
        Blame.together(messages, deliveries, all -> {
            handler.handle(all);
            return all;
        });
    }

    private static void executeEvents(BatchEvent route, List<Delivery> deliveries) {
        var events = new ArrayList<Event<Object>>(deliveries.size());
        for (Delivery delivery : deliveries) {
            try {
                events.add(event(delivery, route));
            } catch (RuntimeException e) {
                throw DeliveryFailedException.of(delivery, e);
            }
        }
        Blame.together(events, deliveries, all -> {
            route.handler().handle(all);
            return all;
        });
    }

    private void executeEvent(Delivery delivery) {
        if (route(delivery) instanceof SingleEvent route) {
            try (var _ = Correlation.of(delivery)) {
                route.handler().handle(event(delivery, route));
            } catch (Throwable e) {
                throw DeliveryFailedException.of(delivery, e);
            }
        }
    }

    private static Event<Object> event(Delivery delivery, EventRoute route) {
        Envelope envelope = delivery.envelope();
        return new Event<>(
                envelope.messageId(),
                envelope.sagaId(),
                envelope.step(),
                delivery.requestId(),
                Payloads.read(envelope, route.payload()));
    }
}
