package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.standalone.platform.Inside;
import io.mediasaga.standalone.platform.LateServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers go away under a platform with sagas in flight, and come back: every saga ends well, nothing is lost or left. */
@Timeout(900)
class OutageTest {

    private static final byte[] FILE = "something to publish as it is".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");

    @TempDir
    static Path folder;

    static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(folder.resolve("data"), Map.of());
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void postgresIsKilled() throws Exception {
        List<Place.Begun> waiting = begun(3);
        Place.Begun moving = uploaded();
        stage.platform().postgres().kill();

        String key = UUID.randomUUID().toString();
        Map<String, Object> start = start();
        Calls.Answer refused = start(key, start);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
        assertThat(refused.text("detail")).isNotBlank();
        assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
        stage.platform().postgres().restart();

        Calls.Answer accepted = await().until(() -> start(key, start), answer -> answer.status() == 202);
        Place.Begun again = new Place.Begun(accepted.text("saga_id"), String.valueOf(((Map<?, ?>) start.get("data")).get("asset_id")));
        waiting.add(again);
        upload(waiting);
        waiting.add(moving);
        allEndWell(waiting);
    }

    @Test
    void kafkaIsStopped() throws Exception {
        List<Place.Begun> sagas = begun(3);
        upload(sagas.subList(0, 2));
        Inside.kafka(stage.platform()).stop();
        for (int i = 0; i < 3; i++) { // accepted all the same: their commands wait in the outbox
            sagas.add(stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS));
        }
        upload(sagas.subList(2, 3)); // the upload's event waits as well
        Inside.kafka(stage.platform()).restart();
        upload(sagas.subList(3, 6));
        allEndWell(sagas);
    }

    @Test
    void redisIsKilled() throws Exception {
        List<Place.Begun> sagas = begun(2);
        Inside.redis(stage.platform()).kill();
        sagas.addAll(begun(2));
        upload(sagas);
        allEndWell(sagas);
        Inside.redis(stage.platform()).restart();
        List<Place.Begun> afterwards = begun(2);
        upload(afterwards);
        allEndWell(afterwards);
    }

    @Test
    void serversAreAwayWhenTheServicesStart() throws Exception {
        try (LateServers late = LateServers.begin(folder.resolve("late"))) {
            await().pollDelay(Duration.ofSeconds(4)).until(() -> !late.services().isDone());
            late.startPostgres();
            await().until(() -> late.services().isDone());
            String saga = startedWithoutKafka(late);
            late.startKafka();
            late.startRedis();
            Stage other = Stage.of(late.platform());
            Place.Begun begun = new Place.Begun(saga, "late");
            assertThat(other.upload(begun, FILE).status()).isEqualTo(204);
            other.awaitState(begun, "COMPLETED");
            awaitNothingLeft(other, begun);
        }
    }

    private static String startedWithoutKafka(LateServers late) throws Exception {
        try (Calls calls = new Calls(late.address(), late.token())) {
            Map<String, Object> data = new HashMap<>(data());
            data.put("asset_id", "late");
            Calls.Answer answer = calls.post("/api/sagas", Map.of("definition", Place.SHIPPED, "data", data));
            assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
            return answer.text("saga_id");
        }
    }

    private static Map<String, Object> data() {
        return Map.of("asset_id", UUID.randomUUID().toString(), "owner_id", "owner", "title", "A title", "file_name", "a.bin",
                "content_type", "application/octet-stream", "size_bytes", FILE.length, "profile", "passthrough");
    }

    private static Map<String, Object> start() {
        return Map.of("definition", Place.SHIPPED, "data", data());
    }

    private static Calls.Answer start(String key, Map<String, Object> body) throws Exception {
        return stage.calls().send("POST", "/api/sagas", Calls.json(body), Map.of(
                "Content-Type", "application/json", "Idempotency-Key", key));
    }

    private static List<Place.Begun> begun(int count) throws Exception {
        List<Place.Begun> sagas = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sagas.add(stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS));
        }
        for (Place.Begun each : sagas) {
            stage.awaitUploadStep(each);
        }
        return sagas;
    }

    private static Place.Begun uploaded() throws Exception {
        List<Place.Begun> sagas = begun(1);
        upload(sagas);
        return sagas.getFirst();
    }

    private static void upload(List<Place.Begun> sagas) throws Exception {
        for (Place.Begun each : sagas) {
            assertThat(stage.upload(each, FILE).status()).isEqualTo(204);
        }
    }

    private static void allEndWell(List<Place.Begun> sagas) throws Exception {
        for (Place.Begun each : sagas) {
            stage.awaitState(each, "COMPLETED");
        }
        for (Place.Begun each : sagas) {
            awaitNothingLeft(stage, each);
        }
    }

    private static void awaitNothingLeft(Place place, Place.Begun begun) {
        Leftovers leftovers = new Leftovers(place);
        await().ignoreExceptions().untilAsserted(() ->
                assertThat(leftovers.ofCompleted(begun)).isEmpty());
    }
}
