package io.mediasaga.messaging.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which topics can be sent to without waiting. A producer would block its caller while it looks for a topic that is
 * not there; here the looking is done aside, and meanwhile the messages of that topic alone wait in the outbox. Thread-safe.
 */
final class TopicGate {

    private static final Logger log = LoggerFactory.getLogger(TopicGate.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Producer<?, ?> producer;
    private final Runnable onOpen;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    private sealed interface State {
        record Open() implements State {}

        record Looking() implements State {}

        record Closed(long untilNanos) implements State {}
    }

    /** @param onOpen called, from any thread, when a topic can be sent to that could not before */
    TopicGate(Producer<?, ?> producer, Runnable onOpen) {
        this.producer = producer;
        this.onOpen = onOpen;
    }

    /** Whether the topic can be sent to now. Never waits. */
    boolean isOpen(String topic) {
        State state = states.get(topic);
        if (state instanceof State.Open) {
            return true;
        }
        boolean look = switch (state) {
            case null -> states.putIfAbsent(topic, new State.Looking()) == null;
            case State.Closed closed ->
                System.nanoTime() - closed.untilNanos() >= 0 && states.replace(topic, closed, new State.Looking());
            default -> false;
        };
        if (look) {
            Thread.ofVirtual().name("look-for-" + topic).start(() -> look(topic));
        }
        return false;
    }

    private void look(String topic) {
        try {
            producer.partitionsFor(topic);
            states.put(topic, new State.Open());
            onOpen.run();
        } catch (KafkaException | IllegalStateException e) {
            close(topic, e);
        }
    }

    /** A send failed for a reason that concerns the whole topic. */
    void close(String topic, Exception reason) {
        var closed = new State.Closed(System.nanoTime() + LOOK_AGAIN.toNanos());
        if (!(states.put(topic, closed) instanceof State.Closed)) {
            log.warn(
                    "Cannot send to topic {}; its messages wait in the outbox until it is there: {}",
                    topic,
                    reason.getMessage());
        }
    }

    /** The topics that are known not to take anything at present. */
    List<String> closedTopics() {
        var closed = new ArrayList<String>();
        for (String topic : states.keySet()) {
            if (!isOpen(topic)) {
                closed.add(topic);
            }
        }
        return closed;
    }
}
