package io.mediasaga.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How an {@link EmbeddedPostgres} is to run.
 *
 * @param directory where its data are kept; made when absent, used again when present
 * @param port port on 127.0.0.1, 0 for a free one
 * @param settings entries of {@code postgresql.conf} that go beyond or before the defaults, as in
 *     {@code shared_buffers = 256MB}; {@code fsync}, {@code synchronous_commit} and {@code full_page_writes} stay on
 */
public record PostgresOptions(Path directory, int port, Map<String, String> settings) {

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "300"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("shared_preload_libraries", "pg_stat_statements"),
            Map.entry("max_wal_size", "1GB"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    /** What makes a commit durable; nobody may trade it for speed. */
    private static final Map<String, String> DURABLE =
            Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    /** Data kept in the folder, any free port, the default settings. */
    public static PostgresOptions in(Path directory) {
        return new PostgresOptions(directory, 0, Map.of());
    }

    /** The same on a given port. */
    public PostgresOptions withPort(int newPort) {
        return new PostgresOptions(directory, newPort, settings);
    }

    /** The same with one more setting. */
    public PostgresOptions with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new PostgresOptions(directory, port, more);
    }

    Map<String, String> effective() {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.putAll(settings);
        all.putAll(DURABLE);
        return all;
    }
}
