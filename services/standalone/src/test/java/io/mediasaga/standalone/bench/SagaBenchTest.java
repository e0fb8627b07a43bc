package io.mediasaga.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark in short: it asserts what the audit says, not how fast it was. */
@Timeout(900)
class SagaBenchTest {

    @TempDir
    static Path folder;

    static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE), line -> {});
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void everySagaIsCompletedOnce() throws Exception {
        Result result = run(new BenchOptions(0, 10, Duration.ZERO, Duration.ofSeconds(3), null));

        assertThat(result.audit()).as(String.valueOf(result.lastFailure())).filteredOn(finding -> !finding.holds()).isEmpty();
        assertThat(result.accepted()).isPositive().isEqualTo(result.ended());
        assertThat(result.failed()).as(String.valueOf(result.lastFailure())).isZero();
        assertThat(result.used().commits()).isPositive();
        assertThat(result.used().records()).isPositive();
        assertThat(result.durability()).containsEntry("fsync", "on").containsEntry("synchronous_commit", "on");
    }

    @Test
    void aRateIsOffered() throws Exception {
        Result result = run(new BenchOptions(5, 0, Duration.ZERO, Duration.ofSeconds(3), null));

        assertThat(result.audit()).filteredOn(finding -> !finding.holds()).isEmpty();
        assertThat(result.accepted()).isBetween(12L, 60L); // starts go on while a busy machine reads its counters
    }

    @Test
    void theAuditSeesWhatWasTakenAwayOrDoneTwice() throws Exception {
        Result clean = run(new BenchOptions(0, 2, Duration.ZERO, Duration.ofSeconds(2), null));
        assertThat(clean.auditHolds()).isTrue();
        try (Connection database = platform.postgres().superuser(EmbeddedPostgres.DATABASE)) {
            assertFound(database, "DELETE FROM publish.publication WHERE slug = (SELECT min(slug) FROM publish.publication)",
                    "every completed saga has one publication");
            assertFound(database, "UPDATE media.asset SET asset_id = asset_id || 'x' WHERE asset_id = (SELECT min(asset_id) FROM media.asset)",
                    "every completed saga has its asset, published");
            assertFound(database, """
                    INSERT INTO quota.ledger_entry (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id)
                    SELECT owner_id, kind, 0, 0, used_bytes, used_assets, asset_id FROM quota.ledger_entry
                    WHERE kind = 'COMMIT' LIMIT 1""",
                    "the ledger has one reservation and one usage for each", "every account is the sum of its ledger");
            assertFound(database, "DELETE FROM orchestrator.saga WHERE id = (SELECT min(id) FROM orchestrator.saga)",
                    "every accepted saga is there");
        }
    }

    private Result run(BenchOptions options) throws Exception {
        return new SagaBench(platform, options, line -> {}).run();
    }

    /** Plants the damage, lets the audit look at everything that is in the tables, and takes the damage back. */
    private static void assertFound(Connection database, String damage, String... rules) throws SQLException, InterruptedException {
        List<String> sagas = sagas(database);
        database.setAutoCommit(false);
        try (Statement statement = database.createStatement()) {
            statement.execute(damage);
            assertThat(new Audit(database, "nobody").of(sagas, Duration.ZERO))
                    .filteredOn(finding -> !finding.holds())
                    .extracting(Finding::rule)
                    .contains(rules);
        } finally {
            database.rollback();
            database.setAutoCommit(true);
        }
    }

    private static List<String> sagas(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                var rows = statement.executeQuery("SELECT array_agg(id) FROM orchestrator.saga")) {
            rows.next();
            return List.of((String[]) rows.getArray(1).getArray());
        }
    }
}
