package io.mediasaga.orchestrator.console.many;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.engine.Activity;
import io.mediasaga.orchestrator.engine.SagaState;
import io.mediasaga.orchestrator.engine.SagaStatus;
import io.mediasaga.orchestrator.engine.StateCodec;
import io.mediasaga.orchestrator.engine.StepState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills the orchestrator's tables as a week of publishing leaves them: most sagas went well, six in a hundred were undone, one in a
 * hundred waits for a person, the newest are under way, and one owner has a fifth of all.
 */
final class ManySagas {

    static final int COUNT = 100_000;
    static final int DEAD_LETTERS = 30_000;

    /** Number of a saga that waits for a person and has a long history. */
    static final int LONG = 96_801;

    static final int LONG_LINES = 2000;

    private static final Instant START = Instant.parse("2001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("2001-01-01T00:01:00Z");

    private static final String SAGAS = """
            INSERT INTO saga (id, namespace, definition, definition_version, version, status, step, paused, state, keys, started_at,
                              updated_at, ended_at)
            SELECT 'saga-' || n, 'default', 'publish-media-asset', 1, 9, status, step, paused,
                   replace(replace(replace(replace(replace(state, '@id', 'saga-' || n), '@asset', 'asset-' || n), '@owner', owner),
                     '2001-01-01T00:00:00Z', to_char(began, 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
                     '2001-01-01T00:01:00Z', to_char(began + interval '40 seconds', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')),
                   ARRAY['asset_id=asset-' || n, 'owner_id=' || owner, 'request_id=request-' || n],
                   began AT TIME ZONE 'UTC', (began + interval '40 seconds') AT TIME ZONE 'UTC',
                   CASE WHEN ended THEN (began + interval '40 seconds') AT TIME ZONE 'UTC' END
            FROM (
              SELECT n, CASE WHEN n % 5 = 0 THEN 'owner-0' ELSE 'owner-' || n % 4999 END AS owner,
                     date_trunc('second', now() AT TIME ZONE 'UTC') - (100000 - n) * interval '6 seconds' AS began,
                     CASE WHEN n > 97000 AND n % 5 < 3 THEN 'waits'
                          WHEN n % 200 < 2 THEN 'held' WHEN n % 200 = 2 THEN 'undoing' WHEN n % 200 = 3 THEN 'paused'
                          WHEN n % 200 = 4 THEN 'waits' WHEN n % 200 < 17 THEN 'undone' ELSE 'done' END AS kind
              FROM generate_series(1, 100000) AS n) s
            JOIN unnest(?::text[], ?::text[], ?::text[], ?::boolean[], ?::boolean[], ?::text[])
                AS k (name, status, step, paused, ended, state) ON k.name = s.kind
            """;

    private static final List<String> REST = List.of("""
            UPDATE saga SET definition = 'trip' WHERE id IN (SELECT 'saga-' || n * 100 + 50 FROM generate_series(1, 20) AS n)
            """, """
            INSERT INTO saga_history (saga_id, kind, step, attempt, since, at, detail)
            SELECT id, kind, h.step, attempt, started_at + at * interval '1 second', started_at + (at + 1) * interval '1 second', detail
            FROM saga CROSS JOIN (VALUES ('SAGA_STARTED', NULL, 0, 0, NULL), ('SUCCEEDED', 'CreateAsset', 1, 1, NULL),
                ('FAILED', 'ReserveQuota', 1, 2, 'The ledger is locked by somebody else.'), ('SUCCEEDED', 'ReserveQuota', 2, 3, NULL))
                AS h (kind, step, attempt, at, detail)
            """, """
            INSERT INTO saga_history (saga_id, kind, step, attempt, since, at, detail)
            SELECT 'saga-%d', 'FAILED', 'ProcessMedia', n, now(), now(), 'Attempt ' || n || ' failed: ' || repeat('the disk is full. ', 50)
            FROM generate_series(1, %d) AS n
            """.formatted(LONG, LONG_LINES), """
            INSERT INTO timer (saga_id, due_at) SELECT id, now() + interval '1 day' FROM saga WHERE status = 'RUNNING' AND NOT paused
            """, """
            INSERT INTO audit (at, actor, operation, target, reason, accepted, before, after)
            SELECT now() - (40000 - n) * interval '10 seconds', 'person-' || n %% 37,
                   CASE WHEN n %% 2 = 0 THEN 'SIGN_IN' ELSE 'RETRY' END,
                   CASE WHEN n %% 2 = 0 THEN 'console' ELSE 'saga-' || n * 2 END, 'since it was time', n %% 9 <> 0, 'HELD', 'RUNNING'
            FROM generate_series(1, 40000) AS n
            """.replace("%%", "%"), """
            INSERT INTO audit (actor, operation, target, reason, accepted) VALUES ('rare person', 'SKIP', 'saga-%d', 'done by hand', true)
            """.formatted(LONG), """
            INSERT INTO dead_letter (topic, partition, "offset", original_topic, key, headers, value, message_id, type, saga_id, step,
                                     attempts, first_error, last_error, died_at, redriven_at, redrives)
            SELECT 'deadletters.' || t, 0, n, 'commands.' || t, 'saga-' || n * 3, '{"X-Request-ID":"request"}',
                   convert_to('{"payload":{"asset_id":"' || n || '","note":"' || repeat('x', 400) || '"}}', 'UTF8'), 'message-' || n,
                   'Command' || n % 11, 'saga-' || n * 3, 'STEP', 5, 'The first error', 'The error of ' || t || ' ' || repeat('e', 300),
                   now() - (30000 - n) * interval '20 seconds', CASE WHEN n % 10 <> 0 THEN now() END, CASE WHEN n % 10 <> 0 THEN 1 ELSE 0 END
            FROM (SELECT n, 'service' || n % 7 AS t FROM generate_series(1, 30000) AS n) s
            """, """
            UPDATE dead_letter SET last_error = 'A very rare error', type = 'RareType' WHERE id = (SELECT min(id) FROM dead_letter)
            """, """
            INSERT INTO redrive (id, actor, reason, rate, total, sent, created_at, finished_at)
            SELECT 'redrive-' || n, 'Ada', 'mended', 50, 100, 100, now() - n * interval '1 minute', now() FROM generate_series(1, 5000) AS n
            """, "VACUUM (ANALYZE) saga, saga_history, audit, dead_letter, redrive, timer");

    private ManySagas() {}

    /** A kind of saga as it is kept. */
    private record Kind(String name, SagaStatus status, @Nullable String step, boolean paused, String state) {}

    static void fill(Connection connection, SagaDefinition definition) throws SQLException {
        List<Kind> kinds = List.of(
                kind(definition, "done", SagaStatus.COMPLETED, -1, false, null, null),
                kind(definition, "undone", SagaStatus.COMPENSATED, -1, false, "ProcessMedia failed: the file is no video.", null),
                kind(definition, "undoing", SagaStatus.COMPENSATING, 1, false, "Cancelled by Ada.", null),
                kind(definition, "held", SagaStatus.HELD, 4, false, null, "ProcessMedia failed: the disk is full."),
                kind(definition, "waits", SagaStatus.RUNNING, 3, false, null, null),
                kind(definition, "paused", SagaStatus.RUNNING, 3, true, null, null));
        try (PreparedStatement sagas = connection.prepareStatement(SAGAS); Statement rest = connection.createStatement()) {
            rest.execute("SET search_path TO orchestrator");
            rest.execute("SET synchronous_commit TO off");
            sagas.setArray(1, connection.createArrayOf("text", kinds.stream().map(Kind::name).toArray()));
            sagas.setArray(2, connection.createArrayOf("text", kinds.stream().map(kind -> kind.status().name()).toArray()));
            sagas.setArray(3, connection.createArrayOf("text", kinds.stream().map(Kind::step).toArray()));
            sagas.setArray(4, connection.createArrayOf("boolean", kinds.stream().map(Kind::paused).toArray()));
            sagas.setArray(5, connection.createArrayOf("boolean", kinds.stream().map(kind -> kind.status().ended()).toArray()));
            sagas.setArray(6, connection.createArrayOf("text", kinds.stream().map(Kind::state).toArray()));
            sagas.execute();
            for (String statement : REST) {
                rest.execute(statement);
            }
        }
    }

    private static Kind kind(
            SagaDefinition definition, String name, SagaStatus status, int at, boolean paused, @Nullable String reason,
            @Nullable String heldReason) {
        ObjectNode data = Json.mapper().createObjectNode();
        data.put("asset_id", "@asset").put("owner_id", "@owner").put("title", "Harbour at dawn").put("file_name", "harbour.mp4");
        data.put("content_type", "video/mp4").put("size_bytes", 73_400_320).put("sha256", "0".repeat(64));
        List<StepState> steps = new ArrayList<>();
        for (int i = 0; i < definition.steps().size(); i++) {
            boolean passed = status == SagaStatus.COMPLETED || i < at || status == SagaStatus.COMPENSATED;
            var progress = passed ? StepState.Progress.SUCCEEDED : StepState.Progress.PENDING;
            steps.add(new StepState(progress, passed, status == SagaStatus.COMPENSATED));
        }
        Activity activity = at < 0
                ? null
                : new Activity(
                        at, status == SagaStatus.COMPENSATING, 1, 1,
                        status == SagaStatus.HELD ? Activity.Phase.EXHAUSTED : Activity.Phase.IN_FLIGHT, START,
                        status == SagaStatus.HELD ? null : END, null);
        Instant stopped = paused || status == SagaStatus.HELD ? END : null;
        SagaState state = new SagaState(
                "@id", "request-1", null, status, data, steps, activity, START, END, paused, stopped, reason, heldReason, null,
                reason == null && heldReason == null ? null : "PROCESS_MEDIA", List.of(), status.ended() ? END : null);
        return new Kind(name, status, at < 0 ? null : definition.steps().get(at).name(), paused, StateCodec.write(state));
    }
}
