package io.mediasaga.standalone.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Records what takes the time: the JVM by its flight recorder, the database by statement. */
final class Profile implements AutoCloseable {

    private static final String STATEMENTS = """
            SELECT rolname, calls, rows, total_exec_time, total_plan_time, wal_bytes, shared_blks_hit + shared_blks_read,
                   regexp_replace(query, '\\s+', ' ', 'g')
            FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
            ORDER BY total_exec_time + total_plan_time DESC LIMIT 100
            """;

    private final Path folder;
    private final Recording recording;

    private Profile(Path folder, Recording recording) {
        this.folder = folder;
        this.recording = recording;
    }

    /** Begins to record into the folder. */
    static Profile start(Path folder, Connection database) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute("ALTER SYSTEM SET pg_stat_statements.track_planning = on");
            statement.execute("SELECT pg_reload_conf()");
            Files.createDirectories(folder);
            Recording recording = new Recording(Configuration.getConfiguration("profile"));
            recording.setName("mediasaga bench");
            recording.enable("jdk.CPUTimeSample").with("throttle", "5ms"); // on Linux; it sees the time in native code too
            recording.start();
            return new Profile(folder, recording);
        } catch (IOException | ParseException e) {
            throw new BenchException("Cannot record a profile into " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Writes {@code bench.jfr} and {@code statements.txt}; times in the latter are milliseconds. */
    void write(Connection database) throws SQLException {
        try {
            recording.stop();
            recording.dump(folder.resolve("bench.jfr"));
            Files.write(folder.resolve("statements.txt"), statements(database), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BenchException("Cannot write the profile into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<String> statements(Connection database) throws SQLException {
        List<String> lines = new ArrayList<>();
        lines.add("%-12s %9s %9s %11s %8s %8s %9s %9s  %s".formatted(
                "service", "calls", "rows", "total ms", "mean ms", "plan ms", "WAL KiB", "blocks", "statement"));
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(STATEMENTS)) {
            while (row.next()) {
                lines.add(String.format(Locale.ROOT, "%-12s %9d %9d %11.1f %8.3f %8.1f %9d %9d  %s",
                        row.getString(1), row.getLong(2), row.getLong(3), row.getDouble(4), row.getDouble(4) / row.getLong(2),
                        row.getDouble(5), row.getLong(6) / 1024, row.getLong(7), row.getString(8)));
            }
        }
        return lines;
    }

    @Override
    public void close() {
        recording.close();
    }
}
