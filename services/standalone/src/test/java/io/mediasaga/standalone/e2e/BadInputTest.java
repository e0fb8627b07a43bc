package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What careless and hostile clients send to a whole platform: each gets a clear answer, and nothing is lost or left. */
@Timeout(900)
class BadInputTest {

    private static final byte[] FILE = "0123456789".getBytes(StandardCharsets.US_ASCII);
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
    void startsWithOneKeyAtTheSameTimeStartOneSaga() throws Exception {
        String key = UUID.randomUUID().toString();
        String asset = UUID.randomUUID().toString();
        Callable<Calls.Answer> start = () -> stage.calls().send("POST", "/api/sagas", Calls.json(Map.of(
                        "definition", Place.SHIPPED, "data", Map.of("asset_id", asset, "owner_id", "o", "title", "t",
                                "file_name", "f", "content_type", "video/mp4", "size_bytes", 10))),
                Map.of("Content-Type", "application/json", "Idempotency-Key", key));
        List<Calls.Answer> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            for (Future<Calls.Answer> each : threads.invokeAll(java.util.Collections.nCopies(16, start))) {
                answers.add(each.get());
            }
        }
        assertThat(answers).extracting(Calls.Answer::status).isSubsetOf(202, 409).contains(202);
        assertThat(answers).filteredOn(answer -> answer.status() == 409)
                .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("IDEMPOTENCY_KEY_IN_FLIGHT"));
        Set<String> sagas = new TreeSet<>();
        answers.stream().filter(answer -> answer.status() == 202).forEach(answer -> sagas.add(answer.text("saga_id")));
        sagas.add(start.call().text("saga_id"));
        assertThat(sagas).hasSize(1);
        assertThat(stage.calls().get("/api/sagas?asset_id=" + asset).json().path("items").size()).isEqualTo(1);
        cancel(new Place.Begun(sagas.iterator().next(), asset));
    }

    @Test
    void anUploadThatIsCutOffGoesOnWhereItWas() throws Exception {
        byte[] content = new byte[400_000];
        new java.util.Random(3).nextBytes(content);
        Place.Begun begun = stage.begin(Place.SHIPPED, content.length, AS_IT_IS);
        Place.Ticket ticket = stage.ticket(begun);
        URI server = URI.create(stage.platform().address());
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("""
                    PATCH %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Tus-Resumable: 1.0.0\r
                    Upload-Offset: 0\r
                    Content-Type: application/offset+octet-stream\r
                    Content-Length: %d\r
                    \r
                    """.formatted(ticket.url(), ticket.token(), content.length).getBytes(StandardCharsets.US_ASCII));
            out.write(content, 0, 150_000);
            out.flush();
        }
        await().until(() -> offset(ticket) > 0);
        // What was sent before the line broke may still be being written: until then nobody else may write.
        await().until(() -> stage.calls().send("PATCH", ticket.url(), BodyPublishers.ofByteArray(content, 0, 10), ticket.patch(0)),
                answer -> answer.status() == 409);
        int offset = offset(ticket);
        assertThat(offset).isLessThanOrEqualTo(150_000);
        Calls.Answer rest = stage.calls().send("PATCH", ticket.url(),
                BodyPublishers.ofByteArray(content, offset, content.length - offset), ticket.patch(offset));
        assertThat(rest.status()).as(rest.toString()).isEqualTo(204);
        stage.awaitState(begun, "COMPLETED");
        awaitNothing(begun, "COMPLETED");
    }

    private static int offset(Place.Ticket ticket) throws Exception {
        return (int) stage.calls().send("HEAD", ticket.url(), BodyPublishers.noBody(), ticket.headers()).response()
                .headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    @Test
    void repliesFromNowhereChangeNothing() throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
        stage.awaitUploadStep(begun);
        reply(begun, "events.asset.failed", "AssetCreateFailed", "CREATE_ASSET", "\"attempt\":1,", "{\"code\":\"X\",\"reason\":\"late\"}");
        reply(begun, "events.processing.failed", "ProcessingFailed", "PROCESS_MEDIA", "\"attempt\":1,", "{\"code\":\"X\",\"reason\":\"early\"}");
        reply(begun, "events.ingest.failed", "IngestUploadFailed", "WAIT_FILE_UPLOADED", "\"attempt\":9,", "{\"code\":\"X\",\"reason\":\"other\"}");
        reply(begun, "events.asset.created", "AssetCreated", "WAIT_FILE_UPLOADED", "", "{}");
        reply(begun, "events.asset.created", "AssetCreated", "NO_SUCH_STEP", "", "{}");
        reply(new Place.Begun("nobody-knows-it", "x"), "events.asset.created", "AssetCreated", "CREATE_ASSET", "", "{}");
        assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        stage.awaitState(begun, "COMPLETED");
        awaitNothing(begun, "COMPLETED");
    }

    @Test
    void aForgedResultLeadsNowhereOutOfTheStore() throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
        stage.awaitUploadStep(begun);
        reply(begun, "events.processing.succeeded", "ProcessingSucceeded", "PROCESS_MEDIA", "\"attempt\":1,", """
                {"output_uri":"store:processed/x","entry":"../../../../token","profile":"hls"}""");
        await().until(() -> stage.calls().get("/api/sagas/" + begun.sagaId() + "/history").toString().contains("REPLY_KEPT"));
        assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        JsonNode saga = stage.awaitState(begun, "COMPENSATED");
        assertThat(saga.path("reason").asString("")).contains("entry names no file below output_uri");
        awaitNothing(begun, "COMPENSATED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ../../../etc/passwd        | clip.mp4                | COMPLETED
            <script>alert(1)</script>  | clip.mp4                | COMPLETED
            A title                    | ../../../etc/passwd     | COMPENSATED
            A title                    | C:\\Windows\\clip.mp4   | COMPENSATED
            A title                    | ..                      | COMPENSATED
            \u202egnp.exe              | 漢字 👩‍👩‍👧 ñ \u202e.mp4 | COMPLETED
            """)
    void titlesAndNamesAreNoPaths(String title, String name, String end) throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, FILE.length, Map.of("profile", "passthrough", "title", title, "file_name", name));
        if (end.equals("COMPLETED")) {
            assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        }
        JsonNode saga = stage.awaitState(begun, end);
        if (end.equals("COMPLETED")) {
            assertThat(saga.path("data").path("public_path").asString("")).matches("/media/" + begun.assetId() + "/[A-Za-z0-9._-]+");
            Calls.Answer page = stage.calls().get(saga.path("data").path("watch_path").asString(""));
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.response().body()).doesNotContain("<script>alert");
            assertThat(stage.calls().get(saga.path("data").path("public_path").asString("")).response().body()).isEqualTo("0123456789");
        }
        awaitNothing(begun, end);
    }

    @Test
    void aSmokeMessageOfAPlainProducerIsAnsweredOnceHoweverOftenItComes() throws Exception {
        String id = "smoke-" + UUID.randomUUID().toString().substring(0, 8);
        String message = """
                {"message_id":"m-%1$s","saga_id":"s-%1$s","type":"AssetCreate","step":"CREATE_ASSET",\
                "created_at":"2026-01-10T12:00:00Z","payload":{"asset_id":"%1$s"}}""".formatted(id);
        for (int i = 0; i < 3; i++) {
            send("commands.asset.create", null, message);
        }
        Commands kafka = new Commands(stage.kafka());
        await().until(() -> stage.calls().get("/api/assets/" + id).status() == 200);
        await().until(() -> kafka.lag(Place.SERVICES).isEmpty() && unsent() == 0);
        assertThat(kafka.read("events.asset.created")).filteredOn(each -> each.value().contains("s-" + id)).hasSize(1);
    }

    private static long unsent() throws Exception {
        try (var database = stage.database();
                var row = database.createStatement().executeQuery("SELECT count(*) FROM media.outbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void reply(Place.Begun begun, String topic, String type, String step, String more, String payload) throws Exception {
        send(topic, begun.sagaId(), """
                {"message_id":"%s","saga_id":"%s","type":"%s","step":"%s",%s"created_at":"2026-01-10T12:00:00Z","payload":%s}"""
                .formatted(UUID.randomUUID(), begun.sagaId(), type, step, more, payload));
    }

    private static void send(String topic, String key, String value) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", stage.kafka(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value)).get();
        }
    }

    private static void cancel(Place.Begun begun) throws Exception {
        await().until(() -> stage.calls().post("/api/sagas/" + begun.sagaId() + "/cancel", Map.of("reason", "over")).status() == 200);
        stage.awaitState(begun, "COMPENSATED");
        awaitNothing(begun, "COMPENSATED");
    }

    private static void awaitNothing(Place.Begun begun, String end) {
        Leftovers leftovers = new Leftovers(stage);
        await().pollInterval(Duration.ofMillis(200)).untilAsserted(() ->
                assertThat(end.equals("COMPLETED") ? leftovers.ofCompleted(begun) : leftovers.ofCompensated(begun)).isEmpty());
    }
}
