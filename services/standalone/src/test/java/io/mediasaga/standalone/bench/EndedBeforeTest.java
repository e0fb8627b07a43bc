package io.mediasaga.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.PostgresOptions;
import io.mediasaga.standalone.bench.ended.EndedSagasException;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform whose tables were filled is like one that ran all of that itself. */
@Timeout(900)
class EndedBeforeTest {

    private static final Duration OVER = Duration.ofDays(80);

    private static final String INDEXES = """
            SELECT string_agg(format('%s %s', indexname, indexdef), E'\\n' ORDER BY schemaname, indexname) FROM pg_indexes
            WHERE schemaname IN ('orchestrator', 'media', 'quota', 'ingest', 'processing', 'publish')""";

    private static final String CONSTRAINTS = """
            SELECT string_agg(format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)), E'\\n'
                              ORDER BY conrelid::regclass::text, conname)
            FROM pg_constraint WHERE connamespace::regnamespace::text IN ('orchestrator', 'media', 'quota', 'ingest', 'processing', 'publish')""";

    /** Copies whose rows in the services belong together and whose saga tells of its own asset. */
    private static final String WHOLE = """
            SELECT count(*) || ' ' || count(DISTINCT s.keys) || ' ' || count(DISTINCT s.started_at) FROM orchestrator.saga s
            JOIN media.asset a ON a.saga_id = s.id JOIN publish.publication p ON p.saga_id = s.id AND p.asset_id = a.asset_id
            JOIN quota.reservation r ON r.saga_id = s.id AND r.owner_id = a.owner_id AND r.asset_id = a.asset_id
            WHERE r.owner_id LIKE 'ended-%' AND s.status = 'COMPLETED' AND s.state LIKE '%' || a.asset_id || '%'
              AND s.ended_at > now() - interval '80 days 1 minute'
              AND (SELECT count(*) FROM orchestrator.saga_history h WHERE h.saga_id = s.id)
                  = (SELECT max(n) FROM (SELECT count(*) AS n FROM orchestrator.saga_history GROUP BY saga_id) c)
              AND (SELECT count(*) FROM quota.ledger_entry l WHERE l.saga_id = s.id) = 2""";

    @TempDir
    static Path folder;

    @Test
    void endedSagasAreLikeThoseThatRan() throws Exception {
        Path data = folder.resolve("data");
        EndedBefore.prepare(data, 300, OVER, line -> {});
        cutOff(data);
        EndedBefore.prepare(data, 300, OVER, line -> {});
        EndedBefore.prepare(data, 300, OVER, line -> {});

        assertThatThrownBy(() -> EndedBefore.prepare(data, 400, OVER, line -> {}))
                .isInstanceOf(EndedSagasException.class)
                .hasMessageContaining("300 ended sagas").hasMessageContaining("--data");
        String[] fresh = structures(folder.resolve("fresh"));
        try (Platform platform = Platform.start(PlatformOptions.in(data).on(PlatformPorts.FREE), line -> {})) {
            Result result = new SagaBench(platform, new BenchOptions(0, 5, Duration.ZERO, Duration.ofSeconds(2), null, 300, OVER), line -> {}).run();

            assertThat(result.audit()).filteredOn(finding -> !finding.holds()).isEmpty();
            assertThat(result.accepted()).isPositive().isEqualTo(result.ended());
            assertThat(ask(platform, WHOLE)).isEqualTo("300 300 300");
            assertThat(ask(platform, INDEXES)).isEqualTo(fresh[0]);
            assertThat(ask(platform, CONSTRAINTS)).isEqualTo(fresh[1]);
            // Of 80 days the services keep 14 of what came of a command, and one of an upload.
            assertThat(Long.parseLong(ask(platform, "SELECT count(DISTINCT saga_id) FROM media.effect WHERE updated_at < now() - interval '1 hour'")))
                    .isBetween(48L, 51L);
            assertThat(ask(platform, "SELECT count(*) FROM media.inbox WHERE received_at < now() - interval '14 days'")).isEqualTo("0");
        }
    }

    /** As if the process had been killed before two of the tables were written. */
    private static void cutOff(Path data) throws SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(PostgresOptions.in(data.resolve("postgresql")));
                Connection database = server.superuser(EmbeddedPostgres.DATABASE);
                Statement statement = database.createStatement()) {
            statement.execute("DELETE FROM quota.reservation WHERE owner_id LIKE 'ended-%'");
            statement.execute("DELETE FROM media.asset WHERE owner_id LIKE 'ended-%'");
            statement.execute("""
                    UPDATE public.bench_ended SET done = (SELECT array_agg(d) FROM unnest(done) AS d
                      WHERE d NOT IN ('all', 'quota.reservation', 'media.asset'))""");
        }
    }

    private static String[] structures(Path empty) throws SQLException {
        try (Platform platform = Platform.start(PlatformOptions.in(empty).on(PlatformPorts.FREE), line -> {})) {
            return new String[] {ask(platform, INDEXES), ask(platform, CONSTRAINTS)};
        }
    }

    private static String ask(Platform platform, String sql) throws SQLException {
        try (Connection database = platform.postgres().superuser(EmbeddedPostgres.DATABASE);
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
