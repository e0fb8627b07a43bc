package io.mediasaga.standalone.verify.audit;

import io.mediasaga.crd.definition.ResolvedCommand;
import io.mediasaga.crd.definition.ResolvedReply;
import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.SagaDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what the rules look at in temporary tables of one connection. */
final class Evidence {

    static final List<String> SERVICES = List.of("orchestrator", "media", "quota", "ingest", "processing", "publish");
    private static final List<String> PARTICIPANTS = SERVICES.subList(1, SERVICES.size());

    private static final String FIXED = """
            SET work_mem = '128MB';
            CREATE TEMP TABLE expected (
              saga_id text PRIMARY KEY, accepted boolean NOT NULL, must_fail boolean NOT NULL, may_hold boolean NOT NULL);
            CREATE TEMP TABLE dying (saga_id text NOT NULL, step text NOT NULL);
            CREATE TEMP TABLE step (
              name text NOT NULL, wire text PRIMARY KEY, undoes text, command_topic text, success_topic text NOT NULL,
              success_type text NOT NULL, failure_topic text, failure_type text);
            CREATE TEMP TABLE record (
              topic text NOT NULL, partition integer NOT NULL, pos bigint NOT NULL, key text NOT NULL, message_id text NOT NULL,
              saga_id text NOT NULL, type text NOT NULL, step text NOT NULL, attempt integer, payload text NOT NULL);
            CREATE INDEX ON record (saga_id, step, topic);
            CREATE TEMP TABLE stored_file (path text NOT NULL);
            CREATE TEMP TABLE work_file (path text NOT NULL);
            CREATE TEMP TABLE lag (consumer_group text NOT NULL, topic text NOT NULL, lag bigint NOT NULL);
            """;

    private static final String OF_NOW = """
            DROP TABLE IF EXISTS run, history, attempt, effect, sent, first_seen;
            CREATE TEMP TABLE run AS
              SELECT id AS saga_id, state::jsonb -> 'data' ->> 'asset_id' AS asset_id, status, state::jsonb ->> 'status' AS state_status,
                     step, ended_at FROM orchestrator.saga;
            CREATE TEMP TABLE history AS SELECT id, saga_id, kind, step, compensation, attempt FROM orchestrator.saga_history;
            CREATE TEMP TABLE attempt AS
              SELECT h.saga_id, h.kind, h.attempt, s.* FROM history h JOIN step s ON s.name = coalesce(h.compensation, h.step)
              WHERE h.kind IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABANDONED', 'SKIPPED');
            CREATE TEMP TABLE effect AS %s;
            CREATE TEMP TABLE sent AS %s;
            CREATE TEMP TABLE first_seen AS
              SELECT topic, message_id, min(key) AS key, min(pos) AS pos FROM record GROUP BY topic, message_id;
            CREATE INDEX ON run (saga_id);
            CREATE INDEX ON history (saga_id);
            CREATE INDEX ON attempt (saga_id);
            CREATE INDEX ON effect (saga_id);
            ANALYZE run, history, attempt, effect, sent, first_seen, record, expected, dying, step, stored_file;
            """.formatted(
            union(PARTICIPANTS, "SELECT saga_id, step, status FROM %1$s.effect"),
            union(SERVICES, """
                    SELECT '%1$s' AS service, id, topic, key, convert_from(value, 'UTF8')::jsonb ->> 'message_id' AS message_id
                    FROM %1$s.outbox_kept WHERE topic NOT LIKE 'deadletters.%%'"""));

    private final Connection database;

    Evidence(Connection database) {
        this.database = database;
    }

    private static String union(List<String> services, String select) {
        return String.join(" UNION ALL ", services.stream().map(select::formatted).toList());
    }

    /** Makes the tables and fills in what does not change. */
    void prepare(SagaDefinition definition, Collection<Expected> sagas) throws SQLException {
        execute(FIXED);
        for (ResolvedStep step : definition.steps()) {
            addStep(step.name(), step.wireName(), null, step.command(), step.success(), step.failure());
            if (step.compensation() != null) {
                var undoing = step.compensation();
                addStep(undoing.name(), undoing.wireName(), step.wireName(), undoing.command(), undoing.success(), undoing.failure());
            }
        }
        try (PreparedStatement expected = database.prepareStatement("INSERT INTO expected VALUES (?, ?, ?, ?)");
                PreparedStatement dying = database.prepareStatement("INSERT INTO dying VALUES (?, ?)")) {
            for (Expected saga : sagas) {
                expected.setString(1, saga.sagaId());
                expected.setBoolean(2, saga.accepted());
                expected.setBoolean(3, saga.mustFail());
                expected.setBoolean(4, saga.mayHold());
                expected.addBatch();
                for (String step : saga.dying()) {
                    dying.setString(1, saga.sagaId());
                    dying.setString(2, step);
                    dying.addBatch();
                }
            }
            expected.executeBatch();
            dying.executeBatch();
        }
    }

    private void addStep(
            String name, String wire, @Nullable String undoes, @Nullable ResolvedCommand command, ResolvedReply success,
            @Nullable ResolvedReply failure) throws SQLException {
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, name);
            insert.setString(2, wire);
            insert.setString(3, undoes);
            insert.setString(4, command == null ? null : command.topic());
            insert.setString(5, success.topic());
            insert.setString(6, success.type());
            insert.setString(7, failure == null ? null : failure.topic());
            insert.setString(8, failure == null ? null : failure.type());
            insert.executeUpdate();
        }
    }

    /** Looks anew at everything that may have changed, the topics excepted. */
    void refresh(Path store, Path work, List<ConsumerLag.Waiting> waiting) throws SQLException, IOException {
        execute("TRUNCATE stored_file, work_file, lag");
        addFiles("stored_file", store);
        addFiles("work_file", work);
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO lag VALUES (?, ?, ?)")) {
            for (ConsumerLag.Waiting each : waiting) {
                insert.setString(1, each.group());
                insert.setString(2, each.topic());
                insert.setLong(3, each.messages());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        execute(OF_NOW);
    }

    private void addFiles(String table, Path folder) throws SQLException, IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (PreparedStatement insert = database.prepareStatement("INSERT INTO " + table + " VALUES (?)");
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                insert.setString(1, folder.relativize(file).toString());
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause(); // a file that was just being deleted; the next look sees the rest
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
