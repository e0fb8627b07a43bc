package io.mediasaga.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.embedded.Wire;
import io.mediasaga.processing.ffmpeg.TestMedia;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The whole service on real Kafka and PostgreSQL, with real FFmpeg. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=processing",
            "mediasaga.api.token=0123456789abcdef0123456789abcdef",
            "mediasaga.processing.cleanup.interval=200ms",
            "mediasaga.processing.ffmpeg.cache-folder=target/ffmpeg-cache"
        })
class ProcessingServiceTest {

    private static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();

    @TempDir
    private static Path temp;

    private static Wire wire;

    @LocalServerPort
    private int port;

    @Autowired
    private MediaStore store;

    @Autowired
    private JdbcClient jdbc;

    private final String saga = "saga " + UUID.randomUUID();
    private final String asset = UUID.randomUUID().toString();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("processing").forEach((name, value) -> registry.add(name, () -> value));
        registry.add("mediasaga.storage.path", () -> temp.resolve("store"));
        registry.add("mediasaga.processing.work-folder", () -> temp.resolve("work"));
    }

    @BeforeAll
    static void connect() {
        wire = new Wire(
                EmbeddedServers.shared().kafka().bootstrapServers(),
                List.of("events.processing.succeeded", "events.processing.failed", "events.processing.cleaned",
                        "events.processing.progress"));
    }

    @AfterAll
    static void disconnect() {
        wire.close();
    }

    @Test
    void aVideoIsProcessedAndItsTemporaryFilesGoWithTheSaga() throws Exception {
        upload(TestMedia.video(temp.resolve("clip.mp4"), 426, 240, 3));

        start("clip.mp4", "video/mp4", "auto");
        JsonNode reply = wire.await(saga, "ProcessingSucceeded").path("payload");

        assertThat(reply.path("profile").asString()).isEqualTo("hls");
        assertThat(reply.path("entry").asString()).isEqualTo("master.m3u8");
        assertThat(reply.path("duration_ms").asLong()).isBetween(2900L, 3200L);
        assertThat(reply.path("renditions").get(0).asString()).isEqualTo("240p");
        assertThat(reply.path("output_uri").asString()).startsWith("store:processed/~");
        assertThat(results()).isNotEmpty();
        assertThat(wire.await(saga, "ProcessingProgress").path("payload").path("asset_id").asString()).isEqualTo(asset);
        HttpResponse<String> progress = get(asset);
        assertThat(progress.statusCode()).isEqualTo(200);
        assertThat(progress.body()).contains("\"stage\":\"done\"", "\"percent\":100", "\"saga_id\":\"" + saga + "\"");

        wire.send("events.saga.completed", saga, "SAGA", "SagaCompleted", Map.of("definition", "publish-media-asset"));
        await().untilAsserted(() -> assertThat(results()).isEmpty());
    }

    @Test
    void aFileThatIsNoVideoIsRefusedInPlainWords() throws Exception {
        upload(Files.writeString(temp.resolve("a.mp4"), "I am no video"));

        start("a.mp4", "video/mp4", "auto");
        JsonNode reply = wire.await(saga, "ProcessingFailed").path("payload");

        assertThat(reply.path("code").asString()).isEqualTo("CORRUPT_MEDIA");
        assertThat(reply.path("retryable").asBoolean()).isFalse();
        assertThat(reply.path("reason").asString()).startsWith("The file cannot be read as video or sound");
        assertThat(get(asset).body()).contains("\"stage\":\"failed\"", "cannot be read as video or sound");
        assertThat(results()).isEmpty();
    }

    @Test
    void theCompensationKillsTheConversionAndLeavesNothing() throws Exception {
        upload(TestMedia.video(temp.resolve("long.mp4"), 1280, 720, 25));
        start("long.mp4", "video/mp4", "hls");
        await().until(() -> !ffmpegs().isEmpty());

        wire.send("commands.processing.cleanup", saga, "CLEANUP_PROCESSING", "ProcessingCleanup", Map.of("asset_id", asset));
        wire.await(saga, "ProcessingCleaned");

        await().until(() -> ffmpegs().isEmpty()); // the kernel takes its time to end what was killed
        assertThat(results()).isEmpty();
        assertThat(wire.heard(saga, "ProcessingSucceeded")).isEmpty();
        await().ignoreExceptions().untilAsserted(() -> {
            try (Stream<Path> left = Files.walk(temp.resolve("work"))) {
                assertThat(left.filter(Files::isRegularFile).map(p -> p.getFileName().toString())).containsOnly("lock");
            }
        });
        assertThat(get(asset).body()).contains("\"stage\":\"cancelled\"");
    }

    @Test
    void theCompensationTakesBackWhatWasMade() throws Exception {
        upload(TestMedia.picture(temp.resolve("a.png"), 64, 64));
        start("a.png", "image/png", "auto");
        wire.await(saga, "ProcessingSucceeded");
        assertThat(results()).hasSize(2);

        wire.send("commands.processing.cleanup", saga, "CLEANUP_PROCESSING", "ProcessingCleanup", Map.of("asset_id", asset));
        wire.await(saga, "ProcessingCleaned");

        assertThat(results()).isEmpty();
    }

    @Test
    void aFileThatIsPublishedAsItIsCostsNoWorkAndNoFiles() throws Exception {
        upload(Files.writeString(temp.resolve("a.txt"), "some text"));

        start("a.txt", "text/plain", "passthrough");
        JsonNode reply = wire.await(saga, "ProcessingSucceeded").path("payload");

        assertThat(reply.path("output_uri").asString()).isEqualTo(MediaKey.of("uploads").child(saga).uri());
        assertThat(reply.path("entry").asString()).isEqualTo("a.txt");
        assertThat(results()).isEmpty();
        assertThat(get(asset).body()).contains("\"stage\":\"done\"", "\"percent\":100");
        assertThat(jdbc.sql("SELECT cleanups FROM job WHERE saga_id = ?").param(saga).query(Integer.class).single()).isOne();
    }

    @Test
    void afterAFailureItCanBeAskedForAsItIs() throws Exception {
        upload(Files.writeString(temp.resolve("a.mp4"), "I am no video"));
        start("a.mp4", "video/mp4", "auto");
        wire.await(saga, "ProcessingFailed");

        start("a.mp4", "video/mp4", "passthrough");
        wire.await(saga, "ProcessingSucceeded");

        assertThat(get(asset).body()).contains("\"stage\":\"done\"").doesNotContain("cannot be read");
    }

    @Test
    void anUnknownProfileIsAFailureAtOnce() throws Exception {
        upload(Files.writeString(temp.resolve("b.txt"), "some text"));

        start("b.txt", "text/plain", "betamax");

        JsonNode reply = wire.await(saga, "ProcessingFailed").path("payload");
        assertThat(reply.path("code").asString()).isEqualTo("UNKNOWN_PROFILE");
        assertThat(reply.path("reason").asString()).contains("use auto, hls or passthrough");
    }

    @Test
    void aMissingFileIsAFailure() {
        start("c.txt", "text/plain", "auto");

        assertThat(wire.await(saga, "ProcessingFailed").path("payload").path("code").asString()).isEqualTo("SOURCE_MISSING");
    }

    @Test
    void ofOtherSagasNothingIsKept() {
        wire.send("events.saga.completed", saga, "SAGA", "SagaCompleted", Map.of("definition", "something-else"));
        start("c.txt", "text/plain", "auto");
        wire.await(saga, "ProcessingFailed");

        assertThat(get("unknown").statusCode()).isEqualTo(404);
        assertThat(jdbc.sql("SELECT count(*) FROM job WHERE saga_id = ? AND cleanup_at IS NOT NULL").param(saga)
                .query(Long.class).single()).isZero();
    }

    private void upload(Path file) throws IOException {
        store.write(MediaKey.of("uploads").child(saga), file);
    }

    private void start(String name, String type, String profile) {
        wire.send("commands.processing.start", saga, "PROCESS_MEDIA", "ProcessingStart", Map.of(
                "asset_id", asset, "source_uri", MediaKey.of("uploads").child(saga).uri(), "file_name", name, "content_type", type,
                "profile", profile));
    }

    private List<?> results() throws IOException {
        return store.list(MediaJob.folderOf(saga));
    }

    private HttpResponse<String> get(String id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/processing/" + id))
                .header("Authorization", "Bearer 0123456789abcdef0123456789abcdef")
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<ProcessHandle> ffmpegs() {
        try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            return children.filter(c -> c.info().command().orElse("").endsWith("/ffmpeg")).toList();
        }
    }
}
