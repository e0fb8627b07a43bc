package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Point 8: with 200,000 rows waiting, no statement of the normal path reads the whole outbox; not even one whose plan was
 * made, and is kept, from when the table was empty.
 */
class OutboxPlansTest {

    private static final int ROWS = 200_000;
    private static final Pattern WHOLE_TABLE = Pattern.compile("(Seq Scan|Scan using \\w+) on outbox\\b[^\\n]*\\n(?!\\s*(Index Cond|TID Cond))");

    private record Case(String name, String sql, String arguments) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    "insert",
                    OutboxStore.INSERT,
                    "10000, '{t,t}', '{1,2}', '{topic,topic}', '{k1,k2}', '{t,t}', '{\"{}\",\"{}\"}', '{a,b}'"),
            new Case("delete", OutboxStore.DELETE, "'{1,2,3}', '{1,2,3}'"),
            new Case("keep", OutboxStore.KEEP, "'{1,2,3}', '{4,5,6}', 600, '{1,2,3}', '{4,5,6}', '{0,0,0}', '{7,8,9}'"),
            new Case("release", OutboxStore.RELEASE, "0, '{1,2,3}', '{1,2,3}'"),
            new Case("page", OutboxStore.PAGE, "'{0,1,2,3,4,5,6,7}', '{0,0,0,0,0,0,0,0}', '{closed}', 200"),
            new Case("load", OutboxStore.LOAD, "'{1,2,3}', '{1,2,3}'"));

    @Test
    void noStatementReadsTheWholeOutbox() {
        try (World world = new World()) {
            Replica replica = world.start();
            replica.listenNot();
            replica.bean(Relay.class).stop();
            new JdbcTemplate(replica.bean(DataSource.class)).execute((ConnectionCallback<Void>) connection -> {
                prepareWhileTheTableIsEmpty(connection);
                fill(connection);
                assertPlans(connection);
                return null;
            });
        }
    }

    private static void prepareWhileTheTableIsEmpty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET plan_cache_mode = force_generic_plan");
            for (Case it : CASES) {
                statement.execute("PREPARE " + it.name() + " AS " + numbered(it.sql()));
                statement.execute("EXPLAIN EXECUTE " + it.name() + "(" + it.arguments() + ")");
            }
        }
    }

    private static String numbered(String sql) {
        var result = new StringBuilder();
        int n = 0;
        for (char c : sql.toCharArray()) {
            if (c == '?') {
                result.append('$').append(++n);
            } else {
                result.append(c);
            }
        }
        return result.toString();
    }

    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO outbox (bucket, topic, key, keyed, headers, value, available_at)
                    SELECT i %% 32, 'topic', 'key-' || i / 4, true, '{}', 'some value', now() - interval '1 minute'
                    FROM generate_series(1, %d) AS i
                    """.formatted(ROWS));
        }
    }

    private static void assertPlans(Connection connection) throws SQLException {
        var soft = new SoftAssertions();
        try (Statement statement = connection.createStatement()) {
            for (Case it : CASES) {
                var plan = new StringBuilder();
                try (var rows = statement.executeQuery("EXPLAIN EXECUTE " + it.name() + "(" + it.arguments() + ")")) {
                    while (rows.next()) {
                        plan.append(Objects.requireNonNull(rows.getString(1))).append('\n');
                    }
                }
                soft.assertThat(plan.toString()).as("plan of %s", it.name()).doesNotContainPattern(WHOLE_TABLE);
            }
        }
        soft.assertAll();
    }
}
