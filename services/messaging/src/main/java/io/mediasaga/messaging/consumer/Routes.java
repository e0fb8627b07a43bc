package io.mediasaga.messaging.consumer;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.BatchEventHandler;
import io.mediasaga.messaging.BatchHandler;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.HandlesEvent;
import io.mediasaga.messaging.Json;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.consumer.Route.BatchCommand;
import io.mediasaga.messaging.consumer.Route.BatchEvent;
import io.mediasaga.messaging.consumer.Route.CommandRoute;
import io.mediasaga.messaging.consumer.Route.EventRoute;
import io.mediasaga.messaging.consumer.Route.LongCommand;
import io.mediasaga.messaging.consumer.Route.ShortCommand;
import io.mediasaga.messaging.consumer.Route.SingleEvent;
import java.lang.annotation.Annotation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.aop.support.AopUtils;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotationUtils;
import tools.jackson.databind.JavaType;

/** Finds the handler of a message by topic and type. Thread-safe. */
public final class Routes {

    private final Map<String, Map<String, Route>> byTopic = new HashMap<>();
    private final List<BatchHandler> batchHandlers;
    private volatile Map<String, Route> batchTopics = Map.of();

    /**
     * Reads the handlers' declarations.
     *
     * @param handlers of single messages: {@link CommandHandler}, {@link BatchCommandHandler}, {@link LongCommandHandler},
     *     {@link EventHandler}, {@link BatchEventHandler}
     * @throws IllegalStateException when a handler has no declaration, or two have the same
     */
    public Routes(Collection<?> handlers, List<BatchHandler> batchHandlers) {
        handlers.forEach(this::add);
        this.batchHandlers = List.copyOf(batchHandlers);
    }

    @SuppressWarnings("unchecked")
    private void add(Object handler) {
        switch (handler) {
            case CommandHandler<?> h -> {
                JavaType payload = payloadOf(h, CommandHandler.class);
                addCommand(h, handles -> new ShortCommand(handles, (CommandHandler<Object>) h, payload));
            }
            case BatchCommandHandler<?> h -> {
                JavaType payload = payloadOf(h, BatchCommandHandler.class);
                addCommand(h, handles -> new BatchCommand(handles, (BatchCommandHandler<Object>) h, payload));
            }
            case LongCommandHandler<?> h -> {
                JavaType payload = payloadOf(h, LongCommandHandler.class);
                addCommand(h, handles -> new LongCommand(handles, (LongCommandHandler<Object>) h, payload));
            }
            case EventHandler<?> h ->
                addEvent(h, new SingleEvent((EventHandler<Object>) h, payloadOf(h, EventHandler.class)));
            case BatchEventHandler<?> h ->
                addEvent(h, new BatchEvent((BatchEventHandler<Object>) h, payloadOf(h, BatchEventHandler.class)));
            default -> throw new IllegalArgumentException(handler.getClass().getName() + " handles no messages");
        }
    }

    private void addCommand(Object handler, Function<Handles, CommandRoute> route) {
        Handles handles = declaration(handler, Handles.class);
        add(handles.topic(), handles.type(), route.apply(handles));
    }

    private void addEvent(Object handler, EventRoute route) {
        HandlesEvent handles = declaration(handler, HandlesEvent.class);
        add(handles.topic(), handles.type(), route);
    }

    private void add(String topic, String type, Route route) {
        if (byTopic.computeIfAbsent(topic, t -> new HashMap<>()).putIfAbsent(type, route) != null) {
            throw new IllegalStateException("Two handlers are declared for type " + type + " on topic " + topic
                    + "; one of them has to go.");
        }
    }

    /** Who handles the message. */
    public Route find(String topic, Envelope envelope) {
        Map<String, Route> types = byTopic.get(topic);
        if (types == null) {
            Route batch = batchTopics.get(topic);
            return batch == null ? new Route.Ignored() : batch;
        }
        Route route = types.get(envelope.type());
        if (route instanceof CommandRoute command
                && envelope.version() > command.handles().maxVersion()) {
            return new Route.Unknown("Version " + envelope.version() + " of " + envelope.type()
                    + " is newer than what this service understands ("
                    + command.handles().maxVersion() + "); upgrade the service, then redrive.");
        }
        if (route != null) {
            return route;
        }
        return types.values().stream().anyMatch(CommandRoute.class::isInstance)
                ? new Route.Unknown("Type '" + envelope.type() + "' is not known on topic " + topic + "; known are "
                        + new TreeSet<>(types.keySet()) + ".")
                : new Route.Ignored();
    }

    /** The long command of the topic and type. */
    public LongCommand longCommand(String topic, String type) {
        if (byTopic.getOrDefault(topic, Map.of()).get(type) instanceof LongCommand route) {
            return route;
        }
        throw new IllegalStateException("There is work of type " + type + " from topic " + topic
                + " to be done, but no handler of it in this version of the service.");
    }

    /** The topics to listen to; asks the batch handlers for theirs. */
    public Set<String> topics() {
        var batches = new HashMap<String, Route>();
        for (BatchHandler handler : batchHandlers) {
            handler.topics().forEach(topic -> batches.putIfAbsent(topic, new Route.BatchRoute(handler)));
        }
        // Messages of a topic that has just been left may still be on their way to the handler.
        batchTopics.forEach(batches::putIfAbsent);
        batchTopics = Map.copyOf(batches);
        return wantedTopics();
    }

    /** The same without any consequence. */
    Set<String> wantedTopics() {
        var topics = new TreeSet<>(byTopic.keySet());
        batchHandlers.forEach(handler -> topics.addAll(handler.topics()));
        return topics;
    }

    /** The topics that replies, and what batch handlers send, go to. */
    public Set<String> sentTopics() {
        var topics = new TreeSet<String>();
        batchHandlers.forEach(handler -> topics.addAll(handler.sentTopics()));
        for (Map<String, Route> types : byTopic.values()) {
            for (Route route : types.values()) {
                if (route instanceof CommandRoute command) {
                    topics.add(command.handles().success().topic());
                    topics.add(command.handles().failure().topic());
                }
            }
        }
        return topics;
    }

    private static <A extends Annotation> A declaration(Object handler, Class<A> type) {
        A annotation = AnnotationUtils.findAnnotation(AopUtils.getTargetClass(handler), type);
        if (annotation == null) {
            throw new IllegalStateException("The handler " + AopUtils.getTargetClass(handler).getName() + " needs @"
                    + type.getSimpleName() + " to say what it handles.");
        }
        return annotation;
    }

    private static JavaType payloadOf(Object handler, Class<?> type) {
        ResolvableType payload =
                ResolvableType.forClass(AopUtils.getTargetClass(handler)).as(type).getGeneric(0);
        if (payload.resolve() == null) {
            throw new IllegalStateException("The payload's type of handler "
                    + AopUtils.getTargetClass(handler).getName()
                    + " cannot be told; make it a class that implements " + type.getSimpleName()
                    + " with a concrete type.");
        }
        return Json.mapper().constructType(payload.getType());
    }
}
