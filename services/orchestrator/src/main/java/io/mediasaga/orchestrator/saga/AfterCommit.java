package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.engine.HistoryEntry;
import io.mediasaga.tracing.Traceparent;
import io.mediasaga.web.RequestId;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Counts and logs what has become of sagas, once it is committed. */
@Component
class AfterCommit {

    private static final Logger log = LoggerFactory.getLogger("io.mediasaga.orchestrator.sagas");
    private static final String SAGA_ID = "saga_id";
    private static final String TRACE_ID = "trace_id";

    private final SagaMetrics metrics;
    private final SagaTraces traces;

    AfterCommit(SagaMetrics metrics, SagaTraces traces) {
        this.metrics = metrics;
        this.traces = traces;
    }

    /** Tells of the changes when the current transaction has committed. */
    void tell(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                changes.forEach(AfterCommit.this::count);
                if (log.isWarnEnabled()) {
                    changes.forEach(AfterCommit::log);
                }
            }
        });
    }

    /** In the saga's trace, so that measurements name it. */
    private void count(Change change) {
        try (var _ = Traceparent.within(change.after().traceparent())) {
            metrics.count(change);
        }
        traces.tell(change);
    }

    private static void log(Change change) {
        String outerSaga = MDC.get(SAGA_ID);
        String outerRequest = MDC.get(RequestId.MDC_KEY);
        String outerTrace = MDC.get(TRACE_ID);
        String traceparent = change.after().traceparent();
        put(SAGA_ID, change.id());
        put(RequestId.MDC_KEY, change.after().requestId());
        put(TRACE_ID, traceparent == null ? null : Traceparent.traceId(traceparent));
        change.history().forEach(entry -> log(change.definition().key().name(), entry));
        put(SAGA_ID, outerSaga);
        put(RequestId.MDC_KEY, outerRequest);
        put(TRACE_ID, outerTrace);
    }

    private static void put(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    private static void log(String definition, HistoryEntry entry) {
        long millis = Duration.between(entry.since(), entry.at()).toMillis();
        switch (entry.kind()) {
            case HELD -> log.warn("{} waits for a person: {}", definition, entry.detail());
            case COMPENSATION_STARTED -> log.info("{} turns back: {}", definition, entry.detail());
            case SAGA_COMPLETED, SAGA_COMPENSATED -> log.info("{} {} after {} ms", definition, entry.kind(), millis);
            default -> log.debug(
                    "{} {} {} attempt {} after {} ms {}", definition, entry.kind(),
                    entry.compensation() != null ? entry.compensation() : entry.step(), entry.attempt(), millis,
                    entry.detail());
        }
    }
}
