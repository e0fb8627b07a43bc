package io.mediasaga.standalone.bench.ended;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes one table anew, in one transaction: the original's rows and those of its copies, then the indexes. So nothing of it is
 * written to the WAL, and rows come frozen; see "Populating a Database" in PostgreSQL's manual.
 */
final class TableFill {

    private static final int AT_ONCE = 1 << 16;

    private static final String COLUMNS = """
            SELECT column_name, data_type FROM information_schema.columns
            WHERE table_schema = ? AND table_name = ? AND is_generated = 'NEVER' AND is_identity = 'NO' ORDER BY ordinal_position
            """;

    private static final String FILLFACTOR = """
            SELECT coalesce((SELECT option_value FROM pg_options_to_table(reloptions) WHERE option_name = 'fillfactor'), '100')
            FROM pg_class WHERE oid = '%s'::regclass
            """;

    private record Column(String name, boolean time) {
        String read() {
            return time ? "(extract(epoch FROM \"%s\") * 1000000)::bigint".formatted(name) : "\"" + name + "\"::text";
        }
    }

    private final Connection database;
    private final FilledTable table;
    private final Original original;
    private final Names names;
    private final FillProgress progress;

    TableFill(Connection database, FilledTable table, Original original, Names names, FillProgress progress) {
        this.database = database;
        this.table = table;
        this.original = original;
        this.names = names;
        this.progress = progress;
    }

    /** Does it within the transaction that is open; whoever called commits. */
    void run() throws SQLException {
        List<Column> columns = columns();
        List<RowPattern> rows = patterns(columns);
        Indexes dropped = Indexes.drop(database, table.qualified());
        try (Statement statement = database.createStatement()) {
            String room = room(statement);
            statement.execute("TRUNCATE " + table.qualified());
            // Nothing changes a copy, so none needs room on its page; for the disk's sake. Sagas that ran leave pages of theirs half empty.
            statement.execute("ALTER TABLE %s SET (fillfactor = 100)".formatted(table.qualified()));
            copy(columns, rows);
            statement.execute("ALTER TABLE %s SET (fillfactor = %s)".formatted(table.qualified(), room));
        }
        progress.indexes(table.qualified());
        dropped.restore();
    }

    private void copy(List<Column> columns, List<RowPattern> rows) throws SQLException {
        String list = columns.stream().map(column -> '"' + column.name() + '"').collect(Collectors.joining(", "));
        CopyIn copy = database.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY %s (%s) FROM STDIN WITH (FREEZE)".formatted(table.qualified(), list));
        try {
            CopyText text = new CopyText();
            rows.forEach(row -> row.write(0, text));
            long told = names.firstWithin(table.written());
            for (long number = told; number <= names.count(); number++) {
                for (RowPattern row : rows) {
                    row.write(number, text);
                }
                if (text.length() >= AT_ONCE) {
                    copy.writeToCopy(text.bytes(), 0, text.length());
                    text.clear();
                    progress.sagas(number - told);
                    told = number;
                }
            }
            copy.writeToCopy(text.bytes(), 0, text.length());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private String room(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(FILLFACTOR.formatted(table.qualified()))) {
            row.next();
            return row.getString(1);
        }
    }

    private List<Column> columns() throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = database.prepareStatement(COLUMNS)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.add(new Column(row.getString(1), row.getString(2).equals("timestamp with time zone")));
                }
            }
        }
        return columns;
    }

    /** The original's rows; there are few of them. */
    private List<RowPattern> patterns(List<Column> columns) throws SQLException {
        List<RowPattern> patterns = new ArrayList<>();
        String list = columns.stream().map(Column::read).collect(Collectors.joining(", "));
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery("SELECT %s FROM %s%s ORDER BY ctid".formatted(list, table.qualified(), table.where(original)))) {
            while (row.next()) {
                RowPattern pattern = new RowPattern(original, names);
                for (int i = 0; i < columns.size(); i++) {
                    add(columns.get(i), row.getString(i + 1), pattern);
                    pattern.separator(i + 1 < columns.size() ? '\t' : '\n');
                }
                patterns.add(pattern.flush());
            }
        }
        return patterns;
    }

    private static void add(Column column, @Nullable String value, RowPattern pattern) {
        if (value == null) {
            pattern.absent();
        } else if (column.time()) {
            pattern.time(Long.parseLong(value));
        } else if (column.name().equals("message_id")) {
            pattern.ownId(value);
        } else {
            pattern.text(value);
        }
    }
}
