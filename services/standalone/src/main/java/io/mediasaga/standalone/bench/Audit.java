package io.mediasaga.standalone.bench;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Looks into every service's tables whether what was accepted has happened, wholly and once. It believes no service: it reads
 * what they have written.
 */
final class Audit {

    private static final List<String> SERVICES = List.of("orchestrator", "media", "quota", "ingest", "processing", "publish");

    private static final String SETUP = """
            DROP TABLE IF EXISTS pg_temp.accepted;
            DROP TABLE IF EXISTS pg_temp.run;
            CREATE TEMP TABLE accepted (saga_id text PRIMARY KEY);
            CREATE TEMP TABLE run (saga_id text PRIMARY KEY, asset_id text, status text, ended boolean);
            SET work_mem = '256MB';
            """;

    /** The sagas of this run: those that were accepted, and those that began although nobody was told. */
    private static final String RUN = """
            INSERT INTO run
            SELECT id, state::jsonb -> 'data' ->> 'asset_id', status, ended_at IS NOT NULL FROM orchestrator.saga
            WHERE id IN (SELECT saga_id FROM accepted UNION SELECT saga_id FROM media.asset WHERE owner_id LIKE ?)
            """;

    private final Connection database;
    private final String run;

    /**
     * @param database with all rights
     * @param run begins the owners' names
     */
    Audit(Connection database, String run) {
        this.database = database;
        this.run = run;
    }

    /** Looks until everything is as it has to be, or the time is over: what comes after the end of a saga takes a moment. */
    List<Finding> of(Collection<String> accepted, Duration patience) throws SQLException, InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            List<Finding> findings = look(accepted);
            if (findings.stream().allMatch(Finding::holds) || System.nanoTime() - until >= 0) {
                return findings;
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    private List<Finding> look(Collection<String> accepted) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(SETUP);
        }
        Array ids = database.createArrayOf("text", accepted.toArray());
        update("INSERT INTO accepted SELECT unnest(?)", ids);
        ids.free();
        update(RUN, run + "-%");
        try (Statement statement = database.createStatement()) {
            statement.execute("ANALYZE accepted, run");
        }
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<String, String> rule : AuditRules.ALL) {
            findings.add(new Finding(rule.getKey(), count(rule.getValue())));
        }
        for (String service : SERVICES) {
            for (String table : List.of("outbox", "retry", "work")) {
                findings.add(new Finding("nothing is left in %s.%s".formatted(service, table),
                        count("SELECT count(*) FROM %s.%s".formatted(service, table))));
            }
        }
        return findings;
    }

    private void update(String sql, Object parameter) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            statement.setObject(1, parameter);
            statement.executeUpdate();
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
