package io.mediasaga.standalone.bench.ended;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.PostgresOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Fills the tables of a platform that does not run, as months of work would: with copies, under ids of their own and spread evenly over
 * a time, of everything that one completed saga has left in them; but for what the services would have deleted by their own
 * retention.
 */
public final class EndedSagas {

    private static final String ALL = "all";
    private static final int WRITERS = 2;

    private static final String ACCOUNTS = """
            INSERT INTO quota.account (owner_id, used_bytes, used_assets)
            SELECT owner_id, sum(used_bytes), sum(used_assets) FROM quota.ledger_entry WHERE owner_id LIKE 'ended-%' GROUP BY owner_id
            ON CONFLICT (owner_id) DO UPDATE SET used_bytes = excluded.used_bytes, used_assets = excluded.used_assets
            """;

    private final Path postgres;
    private final long count;
    private final Duration over;
    private final Consumer<String> tell;

    /**
     * @param data the platform's folder
     * @param over the time over which the sagas have ended
     */
    public EndedSagas(Path data, long count, Duration over, Consumer<String> tell) {
        this.postgres = data.resolve("postgresql");
        this.count = count;
        this.over = over;
        this.tell = tell;
    }

    /** Whether all of it is there. A fill that was begun and cut off is gone on with by {@link #fill}. */
    public enum Progress { NOT_BEGUN, BEGUN, DONE }

    /**
     * Looks how far the folder's tables are.
     *
     * @throws EndedSagasException when they are filled, but otherwise than it was asked for
     */
    public Progress look() throws SQLException {
        if (!Files.isDirectory(postgres)) {
            return Progress.NOT_BEGUN;
        }
        try (EmbeddedPostgres server = start(); Connection database = connect(server)) {
            Optional<FillState> state = FillState.read(database);
            state.ifPresent(this::check);
            return state.map(s -> s.done().contains(ALL) ? Progress.DONE : Progress.BEGUN).orElse(Progress.NOT_BEGUN);
        }
    }

    private void check(FillState state) {
        Names names = state.names();
        if (names.count() != count || !names.over().equals(over)) {
            throw new EndedSagasException("The folder's tables were filled with %d ended sagas over %d h, not %d over %d h: name another with --data"
                    .formatted(names.count(), names.over().toHours(), count, over.toHours()));
        }
    }

    /**
     * Fills the tables; the platform must have run one saga, and be stopped.
     *
     * @throws EndedSagasException when it has run none, or more
     */
    public void fill() throws SQLException, InterruptedException {
        try (EmbeddedPostgres server = start()) {
            FillState state = begin(server);
            List<FilledTable> open =
                    FilledTable.ALL.stream().filter(table -> !state.done().contains(table.qualified())).toList();
            long units = open.stream()
                    .mapToLong(table -> count + 1 - state.names().firstWithin(table.written()))
                    .sum();
            write(server, state, new ConcurrentLinkedQueue<>(open), new FillProgress(Math.max(units, 1), tell));
            try (Connection database = connect(server); Statement statement = database.createStatement()) {
                statement.execute(ACCOUNTS);
                statement.execute("VACUUM (ANALYZE)");
                FillState.note(database, ALL);
                statement.execute("CHECKPOINT");
            }
        }
    }

    private FillState begin(EmbeddedPostgres server) throws SQLException {
        try (Connection database = connect(server)) {
            Optional<FillState> begun = FillState.read(database);
            if (begun.isEmpty()) {
                database.setAutoCommit(false);
                FillState.begin(database, Original.find(database), new Names(count, over, Instant.now()));
                database.commit();
                begun = FillState.read(database);
            }
            FillState state = begun.orElseThrow();
            check(state);
            return state;
        }
    }

    private static void write(EmbeddedPostgres server, FillState state, Queue<FilledTable> tables, FillProgress progress)
            throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Boolean>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> {
                    for (FilledTable table = tables.poll(); table != null; table = tables.poll()) {
                        write(server, state, table, progress);
                    }
                    return true;
                }));
            }
            for (Future<Boolean> writer : writers) {
                writer.get();
            }
        } catch (ExecutionException e) {
            throw new EndedSagasException("The tables cannot be filled: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private static void write(EmbeddedPostgres server, FillState state, FilledTable table, FillProgress progress) throws SQLException {
        try (Connection database = connect(server)) {
            database.setAutoCommit(false);
            try (Statement statement = database.createStatement()) {
                // The ledger's own trigger forbids to empty it.
                statement.execute("SET LOCAL session_replication_role = replica");
            }
            new TableFill(database, table, state.original(), state.names(), progress).run();
            FillState.note(database, table.qualified());
            database.commit();
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(PostgresOptions.in(postgres)
                .with("max_wal_size", "4GB")
                .with("maintenance_work_mem", "512MB")
                .with("work_mem", "128MB")
                // Two writers have both cores to themselves.
                .with("max_parallel_maintenance_workers", "0")
                .with("autovacuum", "off"));
    }

    private static Connection connect(EmbeddedPostgres server) throws SQLException {
        return server.superuser(EmbeddedPostgres.DATABASE);
    }
}
