package io.mediasaga.standalone.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Fills the tables as months of work would: with copies, under ids of their own, of everything that one completed saga has left
 * in them.
 */
final class EndedSagas {

    private static final int AT_ONCE = 20_000;
    private static final int OWNERS = 1000;
    /** The copies are spread over so many hours before now, younger than anything is forgotten. */
    private static final int HOURS = 20;

    private static final Map<String, List<String>> TABLES = Map.of(
            "orchestrator", List.of("saga", "saga_history", "inbox"),
            "media", List.of("asset", "inbox", "effect"),
            "quota", List.of("reservation", "ledger_entry", "inbox", "effect"),
            "ingest", List.of("upload", "inbox", "effect"),
            "processing", List.of("job", "inbox", "effect"),
            "publish", List.of("publication", "inbox", "effect"));

    /** Of the copy: saga, asset, owner and upload, in the order of {@link #TEMPLATE}. */
    private static final List<String> NEW_NAMES = List.of("new_saga", "new_asset", "new_owner", "new_upload");

    /**
     * An id of copy g: as those of the platform it is a UUID of version 7 that begins with a time, so that it lies in an index where
     * those would. The time's part comes from the row; a function for the whole would take most of the time of millions of copies.
     */
    private static final String NEW_ID =
            "head || '-7' || substr(md5({what} || g)::uuid::text, 16, 4) || '8' || substr(md5({what} || g)::uuid::text, 21)";

    private static final String COLUMNS = """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = ? AND table_name = ? AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position
            """;

    private static final String TEMPLATE = """
            SELECT s.id, a.asset_id, a.owner_id, u.upload_id
            FROM orchestrator.saga s JOIN media.asset a ON a.saga_id = s.id JOIN ingest.upload u ON u.saga_id = s.id
            WHERE s.status = 'COMPLETED' AND u.status = 'CLEANED' LIMIT 1
            """;

    /** Nobody knows which messages a saga had; there are as many of them as sagas have on average. */
    private static final String MESSAGES = """
            SELECT * FROM {schema}.inbox LIMIT greatest(1,
              (SELECT count(*) FROM {schema}.inbox) / (SELECT count(*) FROM orchestrator.saga))""";

    private static final String ACCOUNTS = """
            INSERT INTO quota.account (owner_id, used_bytes, used_assets)
            SELECT owner_id, sum(used_bytes), sum(used_assets) FROM quota.ledger_entry WHERE owner_id LIKE 'ended-%' GROUP BY owner_id
            ON CONFLICT (owner_id) DO UPDATE SET used_bytes = excluded.used_bytes, used_assets = excluded.used_assets
            """;

    private final Connection database;

    /** @param database with all rights; what it writes here need not outlive a crash */
    EndedSagas(Connection database) {
        this.database = database;
    }

    void add(long count, Consumer<String> progress) throws SQLException {
        execute("SET synchronous_commit = off");
        // One moment for all statements: ids begin with it, and those of a saga have to be the same in every table.
        String now = "timestamptz '" + Instant.now() + "'";
        List<String> inserts = inserts();
        for (long from = 1; from <= count; from += AT_ONCE) {
            long to = Math.min(count, from + AT_ONCE - 1);
            for (String insert : inserts) {
                execute(insert.replace("{now}", now).replace("{from}", "" + from).replace("{to}", "" + to).replace("{count}", "" + count));
            }
            progress.accept("%,d of %,d ended sagas written".formatted(to, count));
        }
        execute(ACCOUNTS);
        execute("SET synchronous_commit = on");
        execute("VACUUM (ANALYZE)");
        execute("CHECKPOINT");
    }

    /** One statement for each table, with places for the first and the last copy and for their number. */
    private List<String> inserts() throws SQLException {
        List<String> inserts = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet template = statement.executeQuery(TEMPLATE)) {
            if (!template.next()) {
                throw new BenchException("No saga has been completed yet that others could be copied from");
            }
            String[] ids = {template.getString(1), template.getString(2), template.getString(3), template.getString(4)};
            for (Map.Entry<String, List<String>> schema : TABLES.entrySet()) {
                for (String table : schema.getValue()) {
                    inserts.add(insert(schema.getKey(), table, ids));
                }
            }
        }
        return inserts;
    }

    private String insert(String schema, String table, String[] ids) throws SQLException {
        String seed = "pg_temp.%s_%s".formatted(schema, table);
        execute("DROP TABLE IF EXISTS " + seed);
        execute("CREATE TEMP TABLE %s_%s AS %s".formatted(schema, table, rows(schema, table, ids[0])));
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(COLUMNS)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add('"' + row.getString(1) + '"');
                    values.add(value(seed, row.getString(1), row.getString(2), ids));
                }
            }
        }
        return """
                INSERT INTO {table} ({columns})
                SELECT {values} FROM generate_series({from}::bigint, {to}::bigint) AS g
                CROSS JOIN LATERAL (SELECT make_interval(secs => {hours} * 3600 * (1 - g / ({count} + 1.0))) AS ago) age
                CROSS JOIN LATERAL (SELECT lpad(to_hex((extract(epoch FROM {now} - ago) * 1000)::bigint), 12, '0') AS hex OFFSET 0) h
                CROSS JOIN LATERAL (SELECT substr(hex, 1, 8) || '-' || substr(hex, 9) AS head OFFSET 0) i
                CROSS JOIN LATERAL (
                  SELECT {saga} AS new_saga, {asset} AS new_asset, {upload} AS new_upload, 'ended-' || g % {owners} AS new_owner OFFSET 0) n
                CROSS JOIN {seed} t
                """.replace("{table}", schema + "." + table)
                .replace("{seed}", seed)
                .replace("{columns}", String.join(", ", columns))
                .replace("{values}", String.join(", ", values))
                .replace("{saga}", newId("'saga'"))
                .replace("{asset}", newId("'asset'"))
                .replace("{upload}", newId("'upload'"))
                .replace("{hours}", String.valueOf(HOURS))
                .replace("{owners}", String.valueOf(OWNERS));
    }

    private static String newId(String what) {
        return NEW_ID.replace("{what}", what);
    }

    private static String rows(String schema, String table, String saga) {
        return table.equals("inbox")
                ? MESSAGES.replace("{schema}", schema)
                : "SELECT * FROM %s.%s WHERE %s = '%s'".formatted(schema, table, table.equals("saga") ? "id" : "saga_id", saga);
    }

    private String value(String seed, String name, String type, String[] ids) throws SQLException {
        String column = "t.\"" + name + '"';
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "text" -> name.equals("message_id")
                    ? newId("t.message_id")
                    : renamed(seed, column, ids);
            case "array" -> {
                String joined = "array_to_string(%s, chr(31))".formatted(column);
                yield "string_to_array(%s, chr(31))".formatted(renamed(seed, joined, ids));
            }
            case "timestamp with time zone" -> column + " - ago";
            default -> column;
        };
    }

    /** The text with the copy's ids in place of those that occur in it; to look for others in millions of rows would take hours. */
    private String renamed(String seed, String text, String[] ids) throws SQLException {
        String renamed = text;
        for (int i = 0; i < ids.length; i++) {
            if (occurs(seed, text, ids[i])) {
                renamed = "replace(%s, '%s', %s)".formatted(renamed, ids[i], NEW_NAMES.get(i));
            }
        }
        return renamed;
    }

    private boolean occurs(String seed, String text, String id) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(
                "SELECT EXISTS (SELECT FROM " + seed + " t WHERE position(? IN " + text + ") > 0)")) {
            statement.setString(1, id);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
