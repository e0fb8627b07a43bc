package io.mediasaga.orchestrator.saga;

import static io.mediasaga.orchestrator.saga.SqlArrays.booleans;
import static io.mediasaga.orchestrator.saga.SqlArrays.instant;
import static io.mediasaga.orchestrator.saga.SqlArrays.integers;
import static io.mediasaga.orchestrator.saga.SqlArrays.longs;
import static io.mediasaga.orchestrator.saga.SqlArrays.texts;
import static io.mediasaga.orchestrator.saga.SqlArrays.times;

import io.mediasaga.orchestrator.definition.VersionKey;
import io.mediasaga.orchestrator.engine.StateCodec;
import io.mediasaga.orchestrator.saga.RecentStates.Versioned;
import io.mediasaga.orchestrator.saga.RecentStates.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Sagas in SQL, many with each statement. */
@Repository
class SagaStore {

    /** The state comes along unless it is of the version that is known already. */
    private static final String LOAD = """
            SELECT r.* FROM unnest(?::text[], ?::bigint[]) AS k (id, known)
            CROSS JOIN LATERAL (
              SELECT s.id, s.version, CASE WHEN s.version = k.known THEN NULL ELSE s.state END, s.namespace, s.definition,
                     s.definition_version, s.wake_at, clock_timestamp()
              FROM saga s WHERE s.id = k.id LIMIT 1) r
            """;

    /**
     * The sagas whose timer has fired, locked; those that somebody else is changing are left for the next time. Whoever
     * touches a timer holds its saga, so timers need no lock of their own.
     */
    private static final String CLAIM_DUE = """
            SELECT s.id FROM timer t JOIN saga s ON s.id = t.saga_id
            WHERE t.due_at <= ?::timestamptz
            ORDER BY t.due_at LIMIT ? FOR NO KEY UPDATE OF s SKIP LOCKED
            """;

    /** The history of what is changed goes along. */
    private static final String UPDATE = """
            WITH changed AS (
            UPDATE saga s
            SET version = s.version + 1, status = u.status, step = u.step, paused = u.paused, state = u.state,
                keys = coalesce(string_to_array(u.keys, E'\\x1f'), s.keys), wake_at = u.wake_at,
                updated_at = clock_timestamp(), ended_at = u.ended_at
            FROM (SELECT * FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[],
                                       ?::text[]::timestamptz[], ?::text[]::timestamptz[])
                    AS c (id, version, status, step, paused, state, keys, wake_at, ended_at) ORDER BY id) u
            WHERE s.id = u.id AND s.version = u.version
            RETURNING s.id),
            told AS (
            %s)
            SELECT id FROM changed
            """.formatted(HistoryStore.insertWhere("saga_id IN (SELECT id FROM changed)"));

    private static final String INSERT = """
            INSERT INTO saga (id, namespace, definition, definition_version, version, status, step, paused, state, keys,
                              wake_at, started_at, updated_at, ended_at)
            SELECT c.id, c.namespace, c.definition, c.definition_version, 1, c.status, c.step, false, c.state,
                   string_to_array(c.keys, E'\\x1f'), c.wake_at, c.started_at, c.started_at, c.ended_at
            FROM unnest(?::text[], ?::text[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[],
                        ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[]::timestamptz[])
                AS c (id, namespace, definition, definition_version, status, step, state, keys, wake_at, started_at,
                      ended_at)
            ORDER BY c.id
            ON CONFLICT (id) DO NOTHING
            RETURNING id
            """;

    private final JdbcTemplate jdbc;
    private final RecentStates recent;

    SagaStore(JdbcTemplate jdbc, RecentStates recent) {
        this.jdbc = jdbc;
        this.recent = recent;
    }

    /** What was found, and the database's time when it was. */
    record Loaded(Map<String, SagaRow> rows, @Nullable Instant now) {}

    Loaded load(Collection<String> ids) {
        Map<String, SagaRow> rows = new HashMap<>();
        Map<String, Versioned> known = recent.find(ids);
        Instant[] now = new Instant[1];
        jdbc.query(
                LOAD,
                rs -> {
                    String id = rs.getString(1);
                    String state = rs.getString(3);
                    var definition = new VersionKey(rs.getString(4), rs.getString(5), rs.getInt(6));
                    rows.put(id, new SagaRow(
                            state == null ? Objects.requireNonNull(known.get(id)).state() : StateCodec.read(state),
                            rs.getLong(2), definition, instant(rs, 7)));
                    now[0] = instant(rs, 8);
                },
                ids.toArray(String[]::new),
                ids.stream().map(id -> known.containsKey(id) ? known.get(id).version() : null).toArray(Long[]::new));
        return new Loaded(rows, now[0]);
    }

    /** @param dueBy by when they were due; not in the future */
    List<String> claimDue(int most, Instant dueBy) {
        return jdbc.queryForList(CLAIM_DUE, String.class, dueBy.toString(), most);
    }

    Instant now() {
        return Objects.requireNonNull(jdbc.query("SELECT clock_timestamp()", rs -> rs.next() ? instant(rs, 1) : null));
    }

    /**
     * Writes the changes whose sagas are still at the version that was decided upon, and their history; answers which these are.
     */
    Set<String> update(List<Change> changes) {
        @Nullable String[] states = texts(changes, c -> StateCodec.write(c.after()));
        Stream<Object> columns = Stream.of(
                texts(changes, Change::id),
                longs(changes, c -> c.before().version()),
                texts(changes, c -> c.after().status().name()),
                texts(changes, SagaStore::step),
                booleans(changes, c -> c.after().paused()),
                states,
                texts(changes, SagaStore::newKeys),
                times(changes, Change::wakeAt),
                times(changes, c -> c.after().endedAt()));
        Object[] values = Stream.concat(columns, Stream.of(HistoryStore.values(changes))).toArray();
        Set<String> updated = new HashSet<>(jdbc.queryForList(UPDATE, String.class, values));
        remember(changes, states, updated);
        return updated;
    }

    /** Inserts new sagas, unless their ids are taken; answers which were inserted. */
    Set<String> insert(List<Change> sagas) {
        @Nullable String[] states = texts(sagas, c -> StateCodec.write(c.after()));
        Set<String> inserted = new HashSet<>(jdbc.queryForList(
                INSERT,
                String.class,
                texts(sagas, Change::id),
                texts(sagas, c -> c.definition().key().namespace()),
                texts(sagas, c -> c.definition().key().name()),
                integers(sagas, c -> c.definition().key().version()),
                texts(sagas, c -> c.after().status().name()),
                texts(sagas, SagaStore::step),
                states,
                texts(sagas, c -> SearchKeys.joined(c.definition().definition(), c.after())),
                times(sagas, Change::wakeAt),
                times(sagas, c -> c.after().startedAt()),
                times(sagas, c -> c.after().endedAt())));
        remember(sagas, states, inserted);
        return inserted;
    }

    private void remember(List<Change> changes, @Nullable String[] states, Set<String> written) {
        List<Written> all = new ArrayList<>(written.size());
        for (int i = 0; i < states.length; i++) {
            Change change = changes.get(i);
            if (written.contains(change.id())) {
                var versioned = new Versioned(change.before().version() + 1, change.after());
                all.add(new Written(change.id(), versioned, Objects.requireNonNull(states[i]).length()));
            }
        }
        recent.afterCommit(all);
    }

    /** The step that the saga is at, for filters. */
    private static @Nullable String step(Change change) {
        var activity = change.after().activity();
        return activity == null
                ? null
                : change.definition().definition().steps().get(activity.step()).name();
    }

    private static @Nullable String newKeys(Change change) {
        boolean untouched = change.after().data() == change.before().state().data();
        return untouched ? null : SearchKeys.joined(change.definition().definition(), change.after());
    }
}
