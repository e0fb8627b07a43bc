package io.mediasaga.messaging.harness;

import io.mediasaga.messaging.BatchHandler.Message;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.Work;
import io.mediasaga.messaging.harness.Parcels.Parcel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What the handlers of {@link Parcels} do, by saga and step; success where nothing is said. Shared by all replicas. */
public final class Script {

    /** One call of a handler. */
    @FunctionalInterface
    public interface Act {
        /** Does it. */
        Outcome on(Command<Parcel> command, @Nullable Work work) throws Exception;
    }

    /** A call that a handler has got; {@code mdc} is what its log lines carry. */
    public record Call(
            String sagaId, String step, @Nullable Integer attempt, @Nullable String requestId, Map<String, String> mdc) {}

    private final Map<String, Queue<Act>> acts = new ConcurrentHashMap<>();
    private final Map<String, Act> always = new ConcurrentHashMap<>();
    private final Map<String, Act> atOnce = new ConcurrentHashMap<>();
    private final List<List<String>> together = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private volatile Set<String> batchTopics = Set.of(Parcels.BATCH);
    private volatile Consumer<List<Message>> onBatch = messages -> {};

    /** The next calls for the saga do these, one after the other, those after them succeed. */
    public void next(String sagaId, Act... those) {
        acts.computeIfAbsent(sagaId, s -> new ArrayDeque<>()).addAll(List.of(those));
    }

    /** Every call for the saga does this. */
    public void always(String sagaId, Act act) {
        always.put(sagaId, act);
    }

    /** The handler throws. */
    public static Act throwing(String message) {
        return (command, work) -> {
            throw new IllegalStateException(message);
        };
    }

    /** The failure of one that the handler does not tell which of several it was. */
    public static final class UnnamedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static <T, R> List<R> named(List<T> items, Function<T, R> action) {
        try {
            return FailedItemException.forEach(items, action);
        } catch (FailedItemException e) {
            throw e.getCause() instanceof UnnamedException unnamed ? unnamed : e;
        }
    }

    /** What came together in one call, by saga or message; each call of a handler or writer for many, the failed ones too. */
    public List<List<String>> together(String one) {
        return together.stream().filter(call -> call.contains(one)).toList();
    }

    void together(List<String> ones) {
        together.add(ones);
    }

    /** Long work of the saga is tried at once, and this is what happens then. */
    public void atOnce(String sagaId, Act act) {
        atOnce.put(sagaId, act);
    }

    @Nullable Outcome atOnce(Command<Parcel> command) throws Exception {
        Act act = atOnce.get(command.sagaId());
        return act == null ? null : act.on(command, null);
    }

    /** What comes with every batch of {@link Parcels#BATCH}. */
    public void onBatch(Consumer<List<Message>> action) {
        onBatch = action;
    }

    /** The topics of the batch handler. */
    public void batchTopics(Set<String> topics) {
        batchTopics = topics;
    }

    Set<String> batchTopics() {
        return batchTopics;
    }

    /** The calls for the saga, the failed ones too, in their order. */
    public List<Call> calls(String sagaId) {
        return calls.stream().filter(call -> call.sagaId().equals(sagaId)).toList();
    }

    Outcome command(Command<Parcel> command) {
        try {
            return act(command, null);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Outcome work(Command<Parcel> command, Work work) throws Exception {
        return act(command, work);
    }

    private Outcome act(Command<Parcel> command, @Nullable Work work) throws Exception {
        note(command.sagaId(), command.step(), command.attempt(), command.requestId());
        Act act = take(command.sagaId());
        return act == null ? Outcome.success(new Parcel(command.payload().parcelId(), null)) : act.on(command, work);
    }

    private @Nullable Act take(String sagaId) {
        Queue<Act> queue = acts.get(sagaId);
        if (queue != null) {
            synchronized (queue) {
                Act act = queue.poll();
                if (act != null) {
                    return act;
                }
            }
        }
        return always.get(sagaId);
    }

    void event(Event<Parcel> event) {
        note(event.sagaId(), event.step(), null, event.requestId());
        Act act = take(event.sagaId());
        if (act != null) {
            try {
                act.on(new Command<>(event.sagaId(), event.step(), null, event.requestId(), event.payload()), null);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    void batch(List<Message> messages) {
        messages.forEach(m -> note(m.envelope().sagaId(), m.envelope().step(), m.envelope().attempt(), m.requestId()));
        onBatch.accept(messages);
    }

    private void note(String sagaId, String step, @Nullable Integer attempt, @Nullable String requestId) {
        Map<String, String> mdc = MDC.getCopyOfContextMap();
        calls.add(new Call(sagaId, step, attempt, requestId, mdc == null ? Map.of() : mdc));
    }
}
