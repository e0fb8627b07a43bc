package io.mediasaga.standalone.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.messaging.chaos.ChaosPlan;
import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import io.mediasaga.standalone.verify.audit.Finding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A short run with every fault has to be clean; and then the audit has to see each bug that is planted into what it left. */
@Timeout(1200)
class VerificationTest {

    private static final int SAGAS = 200;

    @TempDir
    static Path folder;

    static Verification verification;
    static VerifyResult result;

    @BeforeAll
    static void run() throws Exception {
        VerifyOptions options =
                new VerifyOptions(SAGAS, EnumSet.allOf(FaultKind.class), 42, 60, Duration.ofMinutes(15), Mode.PRODUCT);
        verification = Verification.start(options, folder.resolve("data"), System.out::println);
        result = verification.run();
    }

    @AfterAll
    static void stop() {
        if (verification != null) {
            verification.close();
        }
    }

    @Test
    void nothingIsLostAndNothingTwiceWhateverFails() {
        assertThat(result.violated()).isEmpty();
        assertThat(result.accepted()).isEqualTo(SAGAS);
        assertThat(result.endings()).containsKeys("COMPLETED", "COMPENSATED");
        assertThat(result.faults()).containsKeys("kill", "pause", "postgres", "kafka", "redis");
        assertThat(result.faults().values()).allMatch(count -> count > 0);
    }

    @Test
    void aLostOutboxRowIsSeen() throws Exception {
        int number = IntStream.range(SAGAS, 1_000_000).filter(VerificationTest::endsLate).findFirst().orElseThrow();
        String saga = verification.plan().saga(number).id();
        try (Load load = verification.load();
                TopicListener listener = verification.listener(load, null);
                Connection database = database();
                Statement statement = database.createStatement()) {
            listener.start();
            load.start(number);
            await().pollInterval(Duration.ofMillis(50)).until(() -> statement.executeUpdate(
                            "DELETE FROM orchestrator.outbox WHERE topic = 'events.saga.completed' AND key = '" + saga + "'")
                    == 1);
            assertThat(violated(database)).contains("the end was told by one message, on the topic of its kind");
        }
    }

    /** Whether nothing hits the saga but that the message of its end waits in the outbox for long. */
    private static boolean endsLate(int number) {
        SagaPlan saga = verification.plan().saga(number);
        ChaosPlan chaos = verification.plan().chaos();
        String topic = "events.saga.completed";
        return saga.faults().isEmpty() && !saga.mustFail() && !saga.isCancelled()
                && !chaos.drops(topic, saga.id()) && chaos.holdsBack(topic, saga.id()).toSeconds() >= 15;
    }

    @Test
    void aDoubleEffectIsSeen() throws Exception {
        assertSeen("""
                WITH again AS (
                  INSERT INTO quota.ledger_entry (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id)
                  SELECT owner_id, kind, 0, 0, used_bytes, used_assets, asset_id, saga_id FROM quota.ledger_entry WHERE kind = 'COMMIT'
                  LIMIT 1 RETURNING owner_id, used_bytes)
                UPDATE quota.account a SET used_assets = a.used_assets + 1, used_bytes = a.used_bytes + again.used_bytes
                FROM again WHERE a.owner_id = again.owner_id""",
                "the ledger has each change of an asset once", "every account is the sum of its reservations");
        assertSeen("""
                INSERT INTO publish.publication (slug, asset_id, saga_id, prefix, entry, title)
                SELECT slug || '-2', asset_id, saga_id, prefix, entry, title FROM publish.publication LIMIT 1""",
                "a completed saga has one publication", "nothing is there twice: asset, reservation, upload, publication");
    }

    @Test
    void aSkippedCompensationIsSeen() throws Exception {
        String released = "(SELECT min(saga_id) FROM quota.reservation WHERE state = 'RELEASED')";
        assertSeen("""
                UPDATE quota.effect SET status = 's' WHERE step = 'RESERVE_QUOTA' AND saga_id = %1$s;
                DELETE FROM quota.effect WHERE step = 'RELEASE_QUOTA' AND saga_id = %1$s;
                DELETE FROM orchestrator.saga_history WHERE compensation = 'ReleaseQuota' AND saga_id = %1$s;
                UPDATE quota.reservation SET state = 'HELD' WHERE saga_id = %1$s""".formatted(released),
                "a compensated saga has no reservation but a released one", "no effect of a compensated saga stands",
                "whatever may have happened in a compensated saga was undone");
    }

    @Test
    void brokenOrderIsSeen() throws Exception {
        String topic = "events.asset.created";
        try (var producer = new KafkaProducer<byte[], byte[]>(
                Map.of("bootstrap.servers", verification.cluster().servers().kafka()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String message : List.of("second", "first")) {
                producer.send(new ProducerRecord<>(topic, "swapped".getBytes(StandardCharsets.UTF_8),
                        envelope(message).getBytes(StandardCharsets.UTF_8))).get();
            }
        }
        String kept = """
                INSERT INTO media.outbox_kept (slot, bucket, id, topic, key, keyed, headers, value, partition, "offset")
                SELECT slot, bucket, %d, '%s', 'swapped', true, '{}', convert_to('%s', 'UTF8'), 0, 0 FROM media.outbox_kept LIMIT 1""";
        assertSeen(kept.formatted(Long.MAX_VALUE - 1, topic, envelope("first")) + ";"
                        + kept.formatted(Long.MAX_VALUE, topic, envelope("second")),
                "the messages of each topic and key came first in the order in which they were written");
    }

    private static String envelope(String message) {
        return """
                {"message_id":"%s","saga_id":"swapped","type":"AssetCreated","step":"CREATE_ASSET",\
                "created_at":"2026-01-10T12:00:00Z","payload":{}}""".formatted(message);
    }

    @Test
    void aLateReplyThatIsObeyedIsSeen() throws Exception {
        assertSeen("""
                UPDATE orchestrator.saga_history SET attempt = attempt + 1 WHERE id = (
                  SELECT min(id) FROM orchestrator.saga_history WHERE kind = 'FAILED')""",
                "every failure that was obeyed was told for that very attempt");
        assertSeen("""
                WITH turned AS (SELECT min(id) AS id FROM orchestrator.saga WHERE status = 'COMPLETED')
                INSERT INTO orchestrator.saga_history (saga_id, kind, step, attempt, since, at)
                SELECT id, 'FAILED', 'ProcessMedia', 1, now(), now() FROM turned""",
                "nothing but late replies comes after the end", "no step succeeds twice, and none is tried again after its success");
        assertSeen("""
                UPDATE orchestrator.saga SET status = 'COMPENSATED' WHERE id = (
                  SELECT min(id) FROM orchestrator.saga WHERE status = 'COMPLETED')""",
                "an ended saga says the same everywhere", "the end was told by one message, on the topic of its kind",
                "a compensated saga has no asset but a failed one");
    }

    @Test
    void whatIsLeftIsSeen() throws Exception {
        Path left = Files.createDirectories(verification.cluster().data().path("media/processed/nobody")).resolve("file.bin");
        Files.writeString(left, "left");
        try {
            assertSeen("INSERT INTO orchestrator.timer SELECT min(id), now() + interval '1 day' FROM orchestrator.saga WHERE ended_at IS NOT NULL",
                    "no ended saga has a timer", "no file is in the store but what is published, or belongs to a saga that is held");
        } finally {
            Files.delete(left);
        }
    }

    /** Plants the damage, lets the audit look, and takes the damage back. */
    private static void assertSeen(String damage, String... rules) throws Exception {
        try (Connection database = database()) {
            database.setAutoCommit(false);
            try (Statement statement = database.createStatement()) {
                statement.execute(damage);
                assertThat(violated(database)).contains(rules);
            } finally {
                database.rollback();
            }
        }
    }

    private static List<String> violated(Connection database) throws Exception {
        return verification.audit(database, Duration.ZERO).stream().filter(finding -> !finding.holds()).map(Finding::rule).toList();
    }

    private static Connection database() throws Exception {
        return verification.cluster().servers().postgres().superuser(EmbeddedPostgres.DATABASE);
    }
}
