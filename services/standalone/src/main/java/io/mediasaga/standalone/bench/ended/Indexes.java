package io.mediasaga.standalone.bench.ended;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The indexes of a table, taken away while it is filled: to make each anew at the end takes a fraction of the time. */
final class Indexes {

    /** What undoes the one is the other. Indexes of constraints come and go with these. */
    private static final String FIND = """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
            FROM pg_constraint WHERE conrelid = ?::regclass AND contype IN ('p', 'u')
            UNION ALL
            SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
            FROM pg_index i WHERE indrelid = ?::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
            """;

    private final Connection database;
    private final List<String> restoring;

    private Indexes(Connection database, List<String> restoring) {
        this.database = database;
        this.restoring = restoring;
    }

    static Indexes drop(Connection database, String table) throws SQLException {
        List<String> dropping = new ArrayList<>();
        List<String> restoring = new ArrayList<>();
        try (PreparedStatement find = database.prepareStatement(FIND)) {
            find.setString(1, table);
            find.setString(2, table);
            try (ResultSet row = find.executeQuery()) {
                while (row.next()) {
                    dropping.add(row.getString(1));
                    restoring.add(row.getString(2));
                }
            }
        }
        execute(database, dropping);
        return new Indexes(database, restoring);
    }

    void restore() throws SQLException {
        execute(database, restoring);
    }

    private static void execute(Connection database, List<String> statements) throws SQLException {
        try (Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
