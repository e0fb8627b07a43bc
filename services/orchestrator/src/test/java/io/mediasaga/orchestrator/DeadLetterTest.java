package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.messaging.Headers;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DeadLetterTest extends IntegrationTest {

    private static String envelope(String sagaId, String type) {
        return """
                {"message_id":"%s","saga_id":"%s","type":"%s","step":"BOOK_HOTEL","created_at":"2026-01-10T12:00:00Z","payload":{}}"""
                .formatted(UUID.randomUUID(), sagaId, type);
    }

    private void die(String sagaId, String type, String error) {
        PARTICIPANTS.sendDead("deadletters.hotels", sagaId, envelope(sagaId, type), Map.of(
                Headers.ORIGINAL_TOPIC, "commands.hotel.book", Headers.ORIGINAL_KEY, sagaId, Headers.ATTEMPTS, "5",
                Headers.FIRST_ERROR, "first", Headers.LAST_ERROR, error, Headers.DEAD_AT, Instant.now().toString(),
                "X-Request-ID", "r-" + sagaId));
    }

    private JsonNode list(String query, int count) {
        await().untilAsserted(() -> assertThat(
                api.get("/api/dead-letters" + query).expect(200).json().get("items").size()).isEqualTo(count));
        return api.get("/api/dead-letters" + query).json().get("items");
    }

    @Test
    void areListedWithWhatIsKnownOfThem() {
        String saga = UUID.randomUUID().toString();
        die(saga, "HotelBook", "The hotel is on fire");
        JsonNode letter = list("?saga_id=" + saga, 1).get(0);
        assertThat(letter.get("original_topic").asString()).isEqualTo("commands.hotel.book");
        assertThat(letter.get("attempts").intValue()).isEqualTo(5);
        assertThat(letter.get("last_error").asString()).isEqualTo("The hotel is on fire");
        list("?saga_id=" + saga + "&type=HotelBook&error=ON%20FIRE&original_topic=commands.hotel.book", 1);
        list("?saga_id=" + saga + "&type=Other", 0);
        list("?saga_id=" + saga + "&to=2020-01-01T00:00:00Z", 0);
        JsonNode whole = api.get("/api/dead-letters/" + letter.get("id").asString()).expect(200).json();
        assertThat(whole.get("value").asString()).contains(saga);
        assertThat(whole.get("headers").get("X-Request-ID").asString()).isEqualTo("r-" + saga);
        assertThat(api.get("/api/dead-letters/999999999").status()).isEqualTo(404);
    }

    @Test
    void whatIsNoMessageAtAllIsKeptToo() {
        long before = count();
        PARTICIPANTS.sendRaw("deadletters.flights", null, "\u0000 not json");
        PARTICIPANTS.sendDead("deadletters.flights", "k", "{}", Map.of(
                Headers.ATTEMPTS, "many", Headers.DEAD_AT, "yesterday", Headers.ORIGINAL_TOPIC, "commands.flight.book"));
        await().untilAsserted(() -> assertThat(count()).isEqualTo(before + 2));
    }

    @Test
    void aMalformedReplyBecomesADeadLetterOfTheOrchestrator() {
        String text = "no envelope " + UUID.randomUUID();
        PARTICIPANTS.sendRaw("events.hotel.booked", "x", text);
        await().untilAsserted(() -> assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM dead_letter WHERE topic = 'deadletters.orchestrator' AND value = ?", Long.class,
                        (Object) text.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(1));
        String id = api.start("Rome", null);
        ends(id, "COMPLETED");
    }

    @Test
    void areSentAgainAsTheyWere() {
        String saga = UUID.randomUUID().toString();
        die(saga, "HotelBook", "busy");
        String id = list("?saga_id=" + saga, 1).get(0).get("id").asString();
        JsonNode dry = api.post("/api/dead-letters/redrive", "{\"ids\":[" + id + "],\"dry_run\":true}").expect(200).json();
        assertThat(dry.get("total").intValue()).isEqualTo(1);
        assertThat(dry.get("dry_run").booleanValue()).isTrue();
        String order = api.post(
                        "/api/dead-letters/redrive",
                        "{\"filter\":{\"saga_id\":\"" + saga + "\"},\"reason\":\"mended\"}", "X-Actor", "ann")
                .expect(202).json().get("id").asString();
        await().untilAsserted(() -> {
            JsonNode redrive = api.get("/api/dead-letters/redrives/" + order).json();
            assertThat(redrive.get("sent").intValue()).isEqualTo(1);
            assertThat(redrive.has("finished_at")).isTrue();
        });
        var sent = await().until(() -> records("commands.hotel.book", saga), found -> !found.isEmpty()).getFirst();
        assertThat(new String(sent.headers().lastHeader(Headers.REDRIVE).value(), StandardCharsets.UTF_8)).isEqualTo(id);
        assertThat(sent.headers().lastHeader("X-Request-ID")).isNotNull();
        assertThat(sent.headers().lastHeader(Headers.LAST_ERROR)).isNull();
        assertThat(sent.value()).contains(saga);
        assertThat(list("?saga_id=" + saga + "&redriven=true", 1).get(0).get("redrives").intValue()).isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT actor FROM audit WHERE target = ?", String.class, "redrive " + order))
                .isEqualTo("ann");
    }

    @Test
    void commandsOfASagaThatTurnedBackAreLeftOutButItsCompensationsAreNot() {
        String saga = UUID.randomUUID().toString();
        PARTICIPANTS.script(saga, "BOOK_FLIGHT", Does.REFUSE);
        api.post("/api/sagas", "{\"definition\":\"trip\",\"saga_id\":\"" + saga + "\",\"data\":{\"city\":\"Rome\"}}").expect(202);
        ends(saga, "COMPENSATED");
        int sentBefore = records("commands.hotel.book", saga).size();
        die(saga, "HotelBook", "busy");
        die(saga, "HotelCancel", "busy"); // of another type than the step's command, wherever it was sent to
        list("?saga_id=" + saga, 2);
        String all = "{\"filter\":{\"saga_id\":\"" + saga + "\"}";

        JsonNode dry = api.post("/api/dead-letters/redrive", all + ",\"dry_run\":true}").expect(200).json();
        assertThat(dry.get("total").intValue()).isEqualTo(1);
        assertThat(dry.get("left_out").intValue()).isEqualTo(1);
        JsonNode order = api.post("/api/dead-letters/redrive", all + "}").expect(202).json();
        assertThat(order.get("total").intValue()).isEqualTo(1);
        assertThat(order.get("left_out").intValue()).isEqualTo(1);

        await().until(() -> api.get("/api/dead-letters/redrives/" + order.get("id").asString()).json().has("finished_at"));
        assertThat(list("?saga_id=" + saga + "&redriven=true", 1).get(0).get("type").asString()).isEqualTo("HotelCancel");
        assertThat(list("?saga_id=" + saga + "&redriven=false", 1).get(0).get("type").asString()).isEqualTo("HotelBook");
        await().untilAsserted(() -> assertThat(records("commands.hotel.book", saga)).hasSize(sentBefore + 1));
    }

    @Test
    void areSentAgainNoFasterThanAsked() {
        String type = "Slow" + UUID.randomUUID().toString().replace("-", "");
        for (int i = 0; i < 5; i++) {
            die(UUID.randomUUID().toString(), type, "busy");
        }
        list("?type=" + type, 5);
        String order = api.post("/api/dead-letters/redrive", "{\"filter\":{\"type\":\"" + type + "\"},\"rate\":2}")
                .expect(202).json().get("id").asString();
        await().until(() -> api.get("/api/dead-letters/redrives/" + order).json().has("finished_at"));
        JsonNode redrive = api.get("/api/dead-letters/redrives/" + order).json();
        Duration took = Duration.between(
                Instant.parse(redrive.get("created_at").asString()), Instant.parse(redrive.get("finished_at").asString()));
        assertThat(took).isGreaterThan(Duration.ofMillis(1900));
        assertThat(redrive.get("sent").intValue()).isEqualTo(5);
    }

    @Test
    void anOrderHasToSayWhatItMeans() {
        assertThat(api.post("/api/dead-letters/redrive", "{}").status()).isEqualTo(422);
        assertThat(api.post("/api/dead-letters/redrive", "{\"filter\":{}}").status()).isEqualTo(422);
        assertThat(api.post("/api/dead-letters/redrive", "{\"ids\":[1],\"rate\":0}").status()).isEqualTo(422);
        assertThat(api.post("/api/dead-letters/redrive", "{\"ids\":[1],\"filter\":{\"type\":\"X\"}}").status()).isEqualTo(422);
    }

    private long count() {
        return jdbc.queryForObject("SELECT count(*) FROM dead_letter WHERE topic = 'deadletters.flights'", Long.class);
    }

    private static List<ConsumerRecord<String, String>> records(String topic, String key) {
        Map<String, Object> settings = Map.of("bootstrap.servers", EmbeddedServers.shared().kafka().bootstrapServers());
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        found.removeIf(record -> !key.equals(record.key()));
        return found;
    }
}
