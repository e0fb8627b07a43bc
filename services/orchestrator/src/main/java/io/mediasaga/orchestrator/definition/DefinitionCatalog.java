package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.CanonicalDefinition;
import io.mediasaga.crd.definition.ResolvedCommand;
import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.messaging.Subscriptions;
import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.OrchestratorProperties;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * The definitions in memory. What another replica changes is noticed within the poll interval; what this one changes at
 * once. Safe for use from several threads.
 */
@Component
public class DefinitionCatalog implements SmartLifecycle {

    /** Before the listeners of the messaging library, which ask for the topics when they start. */
    private static final int PHASE = 50;

    private final DefinitionStore store;
    private final ObjectProvider<Subscriptions> subscriptions;
    private final Loop poll;
    private final Map<VersionKey, PinnedDefinition> pinned = new ConcurrentHashMap<>();
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Set.of(), Set.of(), Set.of());
    private volatile boolean running;

    private record Snapshot(
            Map<String, Startable> startable,
            Set<String> replyTopics,
            Set<String> sentTopics,
            Set<String> deadLetterTopics) {

        @Nullable Startable startable(String namespace, String name) {
            return startable.get(namespace + "/" + name);
        }
    }

    /** A definition that is current, and whether sagas can be started with it. */
    public record Startable(PinnedDefinition definition, DefinitionState state) {}

    DefinitionCatalog(
            DefinitionStore store, ObjectProvider<Subscriptions> subscriptions, OrchestratorProperties properties) {
        this.store = store;
        this.subscriptions = subscriptions;
        this.poll = new Loop("definition-poll", properties.definitionPoll(), () -> {
            refresh();
            return false;
        });
    }

    /**
     * What new sagas are started with; {@code null} when nobody has ever given such a definition. Whoever has given or
     * resumed one at another replica finds it here at once: before this one refuses, it looks into the database.
     */
    public @Nullable Startable startable(String namespace, String name) {
        Startable known = snapshot.startable(namespace, name);
        if (known == null || known.state() != DefinitionState.ACTIVE) {
            DefinitionState state = known == null ? null : known.state();
            boolean stale = store.current(namespace, name).filter(current -> current.state() != state).isPresent();
            if (stale) {
                refresh();
                return snapshot.startable(namespace, name);
            }
        }
        return known;
    }

    /** Every definition that is current, those that take no more sagas included. */
    public Collection<Startable> current() {
        return snapshot.startable.values();
    }

    /** A version that was accepted once. @throws IllegalStateException when it never was */
    public PinnedDefinition pinned(VersionKey key) {
        PinnedDefinition known = pinned.get(key);
        return known != null ? known : pinned.computeIfAbsent(key, this::load);
    }

    private PinnedDefinition load(VersionKey key) {
        CanonicalDefinition canonical = store.canonical(key)
                .orElseThrow(() -> new IllegalStateException("There is no definition " + key + " in the database"));
        return new PinnedDefinition(key, canonical.hash(), canonical.definition());
    }

    /** The topics that replies come from, those of earlier versions that sagas still run on included. */
    public Set<String> replyTopics() {
        return snapshot.replyTopics;
    }

    /** The topics that sagas send to. */
    public Set<String> sentTopics() {
        return snapshot.sentTopics;
    }

    /** The dead-letter topics of all participants. */
    public Set<String> deadLetterTopics() {
        return snapshot.deadLetterTopics;
    }

    /** The commands of steps, compensations not among them, of all current definitions. */
    public Set<ResolvedCommand> stepCommands() {
        return snapshot.startable.values().stream()
                .flatMap(current -> current.definition().definition().steps().stream())
                .map(ResolvedStep::command)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads the definitions again, and listens to topics that are new. */
    public synchronized void refresh() {
        var inUse = store.inUse();
        var replies = new TreeSet<String>();
        var sent = new TreeSet<String>();
        var deadLetters = new TreeSet<String>();
        for (CurrentDefinition version : inUse) {
            var definition = pinned(version.key()).definition();
            replies.addAll(definition.replyTopics());
            sent.addAll(definition.sentTopics());
            deadLetters.addAll(definition.deadLetterTopics());
        }
        Map<String, Startable> startable = store.all().stream()
                .map(current -> new Startable(pinned(current.key()), current.state()))
                .collect(Collectors.toUnmodifiableMap(
                        s -> s.definition().key().namespace() + "/" + s.definition().key().name(), Function.identity()));
        Snapshot before = snapshot;
        snapshot = new Snapshot(startable, Set.copyOf(replies), Set.copyOf(sent), Set.copyOf(deadLetters));
        boolean otherTopics = !before.replyTopics.equals(replies)
                || !before.sentTopics.equals(sent)
                || !before.deadLetterTopics.equals(deadLetters);
        if (running && otherTopics) {
            subscriptions.ifAvailable(Subscriptions::refresh);
        }
    }

    @Override
    public void start() {
        refresh();
        running = true;
        poll.start();
    }

    @Override
    public void stop() {
        running = false;
        poll.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
