package io.mediasaga.standalone.bench;

import com.sun.management.OperatingSystemMXBean;
import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.standalone.platform.Platform;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Reads what PostgreSQL, Kafka and the operating system count. */
final class Meters implements AutoCloseable {

    private static final String SQL = """
            SELECT (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()),
                   (SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
                    WHERE userid <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
                      AND query !~* '^(begin|commit|rollback|set|show)'),
                   (pg_current_wal_insert_lsn() - '0/0')::bigint,
                   (SELECT coalesce(sum(fsyncs), 0)::bigint FROM pg_stat_io WHERE object = 'wal')
            """;

    private final EmbeddedPostgres postgres;
    private final Connection connection;
    private final Admin kafka;
    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Meters(Platform platform) throws SQLException {
        postgres = platform.postgres();
        connection = postgres.superuser(EmbeddedPostgres.DATABASE);
        kafka = Admin.create(Map.of("bootstrap.servers", platform.kafka()));
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        }
    }

    /** The connection, with all rights. */
    Connection database() {
        return connection;
    }

    /** Begins the statements' own counting anew, so that their list is that of the measured time. */
    void forgetStatements() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_statements_reset()");
        }
    }

    Counters read() throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SQL)) {
            row.next();
            return new Counters(
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), records(), system.getProcessCpuTime(),
                    CompilerThreads.nanos(), postgresNanos());
        }
    }

    private long records() throws InterruptedException {
        try {
            var topics = kafka.describeTopics(kafka.listTopics().names().get()).allTopicNames().get();
            var partitions = topics.values().stream()
                    .filter(topic -> !topic.name().startsWith("__"))
                    .flatMap(topic -> topic.partitions().stream()
                            .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                    .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
            return kafka.listOffsets(partitions).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell how many records it has: " + e.getCause(), e);
        }
    }

    private long postgresNanos() {
        return ProcessHandle.of(postgres.pid()).stream()
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .mapToLong(Duration::toNanos)
                .sum();
    }

    @Override
    public void close() throws SQLException {
        kafka.close();
        connection.close();
    }
}
