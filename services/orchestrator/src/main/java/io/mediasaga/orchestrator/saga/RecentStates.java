package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.engine.SagaState;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The states that this process has written last, so that it need not read and parse its own words again. A version of a saga has
 * one state; whether a state here is still the saga's is for the database to say, by the version. Bounded; thread-safe.
 */
@Component
class RecentStates {

    private static final int MOST = 2000;
    /** In characters of JSON; larger ones would take too much room. */
    private static final int LARGEST = 16 * 1024;

    private final Map<String, Versioned> states = new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Versioned> eldest) {
            return size() > MOST;
        }
    };

    /** The state of one version of a saga. */
    record Versioned(long version, SagaState state) {}

    /** Those that are remembered. */
    synchronized Map<String, Versioned> find(Collection<String> sagaIds) {
        Map<String, Versioned> found = HashMap.newHashMap(sagaIds.size());
        for (String id : sagaIds) {
            Versioned state = states.get(id);
            if (state != null) {
                found.put(id, state);
            }
        }
        return found;
    }

    /** A state that has been written in the current transaction, and the length of its JSON. */
    record Written(String sagaId, Versioned versioned, int length) {}

    /** Remembers the states once the current transaction has committed. */
    void afterCommit(List<Written> written) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                remember(written);
            }
        });
    }

    private synchronized void remember(List<Written> written) {
        for (Written each : written) {
            if (each.versioned().state().status().ended() || each.length() > LARGEST) {
                states.remove(each.sagaId());
            } else {
                states.put(each.sagaId(), each.versioned());
            }
        }
    }
}
