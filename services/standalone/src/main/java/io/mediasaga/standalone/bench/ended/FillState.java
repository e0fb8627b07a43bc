package io.mediasaga.standalone.bench.ended;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is being filled, and which tables are done; kept in the database with the tables, so that a fill that was cut off is gone on
 * with.
 */
record FillState(Original original, Names names, Set<String> done) {

    private static final String CREATE = """
            CREATE TABLE public.bench_ended (
                saga text NOT NULL, asset text NOT NULL, owner text NOT NULL, upload text NOT NULL,
                count bigint NOT NULL, over_millis bigint NOT NULL, now_millis bigint NOT NULL, done text[] NOT NULL DEFAULT '{}')
            """;

    static Optional<FillState> read(Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT to_regclass('public.bench_ended') IS NOT NULL")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return Optional.empty();
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT * FROM public.bench_ended")) {
                row.next();
                return Optional.of(new FillState(
                        new Original(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
                        new Names(row.getLong(5), Duration.ofMillis(row.getLong(6)), Instant.ofEpochMilli(row.getLong(7))),
                        Set.of((String[]) row.getArray(8).getArray())));
            }
        }
    }

    static void begin(Connection database, Original original, Names names) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(CREATE);
        }
        try (PreparedStatement statement = database.prepareStatement("INSERT INTO public.bench_ended VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            statement.setString(1, original.saga());
            statement.setString(2, original.asset());
            statement.setString(3, original.owner());
            statement.setString(4, original.upload());
            statement.setLong(5, names.count());
            statement.setLong(6, names.over().toMillis());
            statement.setLong(7, names.now().toEpochMilli());
            statement.executeUpdate();
        }
    }

    /** Notes that a table, or what comes after all of them, is done; within the transaction that did it. */
    static void note(Connection database, String what) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement("UPDATE public.bench_ended SET done = done || ?::text")) {
            statement.setString(1, what);
            statement.executeUpdate();
        }
    }
}
