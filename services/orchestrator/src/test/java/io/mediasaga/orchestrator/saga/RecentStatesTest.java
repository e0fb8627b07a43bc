package io.mediasaga.orchestrator.saga;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.orchestrator.saga.RecentStates.Versioned;
import io.mediasaga.orchestrator.saga.RecentStates.Written;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionSynchronizationUtils;

class RecentStatesTest {

    private final RecentStates recent = new RecentStates();

    @BeforeEach
    void begin() {
        TransactionSynchronizationManager.initSynchronization();
    }

    @AfterEach
    void end() {
        TransactionSynchronizationManager.clearSynchronization();
    }

    private static Written written(String id, long version, SagaStatus status, int length) {
        var state = new SagaState(
                id, null, null, status, Json.mapper().createObjectNode(), List.of(), null, Instant.EPOCH, Instant.EPOCH,
                false, null, null, null, null, null, List.of(), null);
        return new Written(id, new Versioned(version, state), length);
    }

    @Test
    void onlyWhatIsCommittedIsRemembered() {
        Written first = written("s", 1, SagaStatus.RUNNING, 100);
        recent.afterCommit(List.of(first));
        assertThat(recent.find(List.of("s"))).isEmpty();

        TransactionSynchronizationUtils.triggerAfterCommit();
        assertThat(recent.find(List.of("s", "unknown"))).containsOnlyKeys("s").containsValue(first.versioned());
    }

    @Test
    void whatHasEndedOrIsLargeIsForgotten() {
        recent.afterCommit(List.of(
                written("a", 1, SagaStatus.RUNNING, 100), written("b", 1, SagaStatus.RUNNING, 100),
                written("a", 2, SagaStatus.COMPLETED, 100), written("b", 2, SagaStatus.RUNNING, 100_000)));
        TransactionSynchronizationUtils.triggerAfterCommit();

        assertThat(recent.find(List.of("a", "b"))).isEmpty();
    }

    @Test
    void thoseThatWereUsedLongAgoGo() {
        List<String> ids = IntStream.range(0, 5_000).mapToObj(i -> "s" + i).toList();
        recent.afterCommit(ids.stream().map(id -> written(id, 1, SagaStatus.RUNNING, 100)).toList());
        TransactionSynchronizationUtils.triggerAfterCommit();

        assertThat(recent.find(ids)).hasSize(2_000).containsKey("s4999").doesNotContainKey("s0");
    }
}
