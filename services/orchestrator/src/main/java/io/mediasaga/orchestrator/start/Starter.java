package io.mediasaga.orchestrator.start;

import io.mediasaga.messaging.Batcher;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.saga.NewSagas;
import io.mediasaga.orchestrator.start.StartOutcome.KeyForOtherBody;
import io.mediasaga.orchestrator.start.StartOutcome.KeyInFlight;
import io.mediasaga.orchestrator.start.StartOutcome.Repeated;
import io.mediasaga.orchestrator.start.StartOutcome.SagaExists;
import io.mediasaga.orchestrator.start.StartOutcome.Started;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Starts sagas, each key once; those that come at the same time share a transaction. */
@Component
class Starter {

    private final NewSagas sagas;
    private final StartKeys keys;
    private final Batcher<Start, StartOutcome> batcher;
    private final int maxWaiting;

    Starter(NewSagas sagas, StartKeys keys, TransactionOperations transactions, OrchestratorProperties properties) {
        var settings = properties.starts();
        this.sagas = sagas;
        this.keys = keys;
        this.batcher = new Batcher<>(settings.batch(), settings.gather(), transactions, this::startAll);
        this.maxWaiting = settings.maxWaiting();
    }

    /** Starts the saga and returns when that is committed; empty when too many wait already. */
    Optional<StartOutcome> start(Start start) {
        return batcher.waiting() < maxWaiting ? Optional.of(batcher.submit(start)) : Optional.empty();
    }

    private List<StartOutcome> startAll(List<Start> starts) {
        @Nullable StartOutcome[] outcomes = new StartOutcome[starts.size()];
        settleKeys(starts, outcomes);
        begin(starts, outcomes);
        return List.of(outcomes);
    }

    /** Settles what needs no new saga because of its key. */
    private void settleKeys(List<Start> starts, @Nullable StartOutcome[] outcomes) {
        Set<String> wanted = new HashSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            String key = starts.get(i).key();
            if (key != null && !wanted.add(key)) {
                outcomes[i] = new KeyInFlight();
            }
        }
        if (wanted.isEmpty()) {
            return;
        }
        Set<String> taken = keys.take(wanted);
        Map<String, StartKeys.Known> known = taken.isEmpty() ? Map.of() : keys.known(taken);
        for (int i = 0; i < outcomes.length; i++) {
            Start start = starts.get(i);
            if (start.key() != null && outcomes[i] == null) {
                outcomes[i] = taken.contains(start.key()) ? settled(start, known.get(start.key())) : new KeyInFlight();
            }
        }
    }

    private static @Nullable StartOutcome settled(Start start, StartKeys.@Nullable Known known) {
        if (known == null) {
            return null;
        }
        return known.bodyHash().equals(start.bodyHash()) ? new Repeated(known.answer()) : new KeyForOtherBody();
    }

    private void begin(List<Start> starts, @Nullable StartOutcome[] outcomes) {
        Map<String, Integer> fresh = new LinkedHashMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null && fresh.putIfAbsent(starts.get(i).saga().id(), i) != null) {
                outcomes[i] = new SagaExists();
            }
        }
        if (fresh.isEmpty()) {
            return;
        }
        var begun = sagas.begin(fresh.values().stream().map(i -> starts.get(i).saga()).toList());
        List<Start> withKey = new ArrayList<>();
        List<StartedSaga> answers = new ArrayList<>();
        fresh.forEach((id, i) -> {
            SagaState state = begun.get(id);
            if (state == null) {
                outcomes[i] = new SagaExists();
                return;
            }
            StartedSaga answer = answer(starts.get(i), state);
            outcomes[i] = new Started(answer);
            if (starts.get(i).key() != null) {
                withKey.add(starts.get(i));
                answers.add(answer);
            }
        });
        if (!withKey.isEmpty()) {
            keys.remember(withKey, answers);
        }
    }

    private static StartedSaga answer(Start start, SagaState state) {
        var key = start.saga().definition().key();
        return new StartedSaga(
                state.id(), key.namespace(), key.name(), key.version(), state.status().name(), state.data());
    }
}
