package io.mediasaga.standalone.bench.relay;

import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.KafkaOptions;
import io.mediasaga.embedded.PostgresOptions;
import io.mediasaga.embedded.ServiceDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Fills an outbox while its relays are held back, lets them go, and looks at what arrives. */
public final class RelayBench implements AutoCloseable {

    private static final String SERVICE = "relaybench";
    private static final int BUCKETS = 32;
    private static final int PARTITIONS = 12;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A message of some four hundred bytes, like those of a saga; its number within its key comes first. */
    private static final String FILL = """
            INSERT INTO relaybench.outbox (bucket, topic, key, keyed, headers, value, available_at)
            SELECT k.bucket, ?, k.key, true, '{}', convert_to(n || ' ' || repeat('x', 400), 'UTF8'), clock_timestamp()
            FROM generate_series(0, ?) AS n CROSS JOIN unnest(?::text[], ?::smallint[]) AS k (key, bucket)
            ORDER BY n
            """;

    private final EmbeddedPostgres postgres;
    private final EmbeddedKafka kafka;
    private final ServiceDatabase database;
    private final Consumer<String> tell;

    private RelayBench(EmbeddedPostgres postgres, EmbeddedKafka kafka, Consumer<String> tell) {
        this.postgres = postgres;
        this.kafka = kafka;
        this.database = postgres.createServiceRole(SERVICE, "secret");
        this.tell = tell;
    }

    /**
     * What a run came to.
     *
     * @param seconds from the moment when the relays were let go until the outbox was empty
     * @param repeated records that came more than once, which is allowed
     * @param missing rows that have not come
     * @param outOfOrder records that came before one in front of them
     */
    public record Outcome(int replicas, long rows, double seconds, long repeated, long missing, long outOfOrder) {

        /** Records a second. */
        public double perSecond() {
            return rows / seconds;
        }

        /** Whether everything came, each key in its order. */
        public boolean inOrder() {
            return missing == 0 && outOfOrder == 0;
        }
    }

    /** Starts PostgreSQL and Kafka in the folder. */
    public static RelayBench start(Path folder, Consumer<String> tell) {
        tell.accept("Starting PostgreSQL and Kafka on " + folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(folder.resolve("postgresql")));
        return new RelayBench(postgres, EmbeddedKafka.start(KafkaOptions.in(folder.resolve("kafka"))), tell);
    }

    /** Runs once, with that many replicas and at least that many rows. */
    public Outcome run(int replicas, int atLeast, int keys) throws SQLException, InterruptedException {
        String topic = "bench.relay." + replicas + "." + System.nanoTime();
        makeTopic(topic);
        List<RelayReplica> started = new ArrayList<>();
        try (Connection connection = postgres.superuser(EmbeddedPostgres.DATABASE)) {
            for (int i = 0; i < replicas; i++) {
                started.add(RelayReplica.start(database, kafka.bootstrapServers()));
            }
            int perKey = Math.ceilDiv(atLeast, keys);
            fill(connection, topic, perKey, keys);
            long rows = (long) perKey * keys;
            tell.accept("%d rows of %d keys, %d replica(s)".formatted(rows, keys, replicas));
            long begin = System.nanoTime();
            started.forEach(RelayReplica::letGo);
            awaitEmpty(connection, topic, rows);
            double seconds = (System.nanoTime() - begin) / 1e9;
            KeyOrder order = new KeyOrder();
            order.read(kafka.bootstrapServers(), topic);
            return new Outcome(replicas, rows, seconds, order.repeated(), order.missing(rows), order.outOfOrder());
        } finally {
            started.forEach(RelayReplica::close);
        }
    }

    private void makeTopic(String topic) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka makes no topic: " + e.getCause(), e);
        }
    }

    private static void fill(Connection connection, String topic, int perKey, int keys) throws SQLException {
        String[] names = IntStream.range(0, keys).mapToObj(i -> "key-" + i).toArray(String[]::new);
        Short[] buckets = new Short[keys];
        for (int i = 0; i < keys; i++) {
            buckets[i] = (short) Math.floorMod(names[i].hashCode(), BUCKETS);
        }
        try (PreparedStatement statement = connection.prepareStatement(FILL)) {
            statement.setString(1, topic);
            statement.setInt(2, perKey - 1);
            statement.setArray(3, connection.createArrayOf("text", names));
            statement.setArray(4, connection.createArrayOf("int2", buckets));
            statement.executeUpdate();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE relaybench.outbox");
            statement.execute("CHECKPOINT");
        }
    }

    /** Asks Kafka first, for the database's answer costs a look at everything that was deleted. */
    private void awaitEmpty(Connection connection, String topic, long rows) throws SQLException, InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        boolean sent = false;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
                PreparedStatement left = connection.prepareStatement("SELECT EXISTS (SELECT FROM relaybench.outbox)")) {
            while (System.nanoTime() - until < 0) {
                sent = sent || records(admin, topic) >= rows;
                if (sent && !holds(left)) {
                    return;
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
        throw new IllegalStateException("The outbox was not empty after " + PATIENCE.toMinutes() + " minutes");
    }

    private static boolean holds(PreparedStatement question) throws SQLException {
        try (ResultSet row = question.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static long records(Admin admin, String topic) throws InterruptedException {
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, PARTITIONS)
                .mapToObj(i -> new TopicPartition(topic, i))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(ends).all().get().values().stream().mapToLong(end -> end.offset()).sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell how many records it has: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
    }
}
