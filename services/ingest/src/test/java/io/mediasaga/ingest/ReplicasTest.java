package io.mediasaga.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.ingest.support.IngestIntegration;
import io.mediasaga.ingest.support.TusClient;
import io.mediasaga.ingest.support.Wire;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Two replicas, from Kafka to Kafka. */
@Timeout(900)
class ReplicasTest {

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;
    private static Wire wire;

    private final String saga = UUID.randomUUID().toString();
    private final String asset = UUID.randomUUID().toString();
    private final byte[] bytes = bytes();

    @BeforeAll
    static void start() {
        Map<String, String> servers = EmbeddedServers.shared().newDatabase().properties("ingest");
        first = replica(servers);
        second = replica(servers);
        wire = new Wire(EmbeddedServers.shared().kafka().bootstrapServers());
    }

    @AfterAll
    static void stop() {
        wire.close();
        second.close();
        first.close();
    }

    @Test
    void oneGoesOnWhereTheOtherStoppedAndTheSagaHearsItOnce() throws Exception {
        prepare();
        JsonNode ready = wire.await("events.ingest.ready", saga);
        assertThat(ready.path("type").asString()).isEqualTo("IngestReady");
        String upload = ready.path("payload").path("upload_id").asString();
        String token = client(first).token(asset);

        int half = bytes.length / 2;
        assertThat(client(first).patch(upload, token, 0, Arrays.copyOf(bytes, half)).statusCode()).isEqualTo(204);
        HttpResponse<String> rest =
                client(second).patch(upload, token, half, Arrays.copyOfRange(bytes, half, bytes.length));
        assertThat(rest.statusCode()).as(rest.body()).isEqualTo(204);

        JsonNode uploaded = wire.await("events.ingest.uploaded", saga);
        assertThat(uploaded.path("step").asString()).isEqualTo("WAIT_FILE_UPLOADED");
        assertThat(uploaded.path("payload").path("size_bytes").asInt()).isEqualTo(bytes.length);
        MediaKey file = MediaKey.parse(uploaded.path("payload").path("source_uri").asString());
        try (InputStream in = store().open(file)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes);
        }

        wire.send("events.saga.completed", saga, "SagaCompleted", "SAGA_COMPLETED", "{\"definition\": \"d\"}");
        await().until(() -> !store().exists(file));
        assertThat(wire.seen("events.ingest.uploaded", saga)).hasSize(1);
    }

    @Test
    void aCleanUpEndsTheUploadAndDeletesWhatThereIs() throws Exception {
        prepare();
        String upload = wire.await("events.ingest.ready", saga).path("payload").path("upload_id").asString();
        String token = client(first).token(asset);
        client(first).patch(upload, token, 0, Arrays.copyOf(bytes, 1_000_000));

        wire.send("commands.ingest.cleanup", saga, "IngestCleanup", "CLEANUP_INGEST", "{\"asset_id\": \"" + asset + "\"}");
        assertThat(wire.await("events.ingest.cleaned", saga).path("type").asString()).isEqualTo("IngestCleaned");
        assertThat(client(second).head(upload, token).statusCode()).isEqualTo(410);
        List<String> folders = new ArrayList<>();
        store().forEachFolder(MediaKey.of("uploads"), each -> folders.add(each.name()));
        assertThat(folders).doesNotContain(upload);
    }

    @Test
    void aRefusalIsAFailureReply() {
        wire.send("commands.ingest.prepare", saga, "IngestPrepare", "PREPARE_INGEST",
                "{\"asset_id\": \"" + asset + "\", \"size_bytes\": 0}");
        JsonNode failed = wire.await("events.ingest.failed", saga);
        assertThat(failed.path("type").asString()).isEqualTo("IngestPrepareFailed");
        assertThat(failed.path("payload").path("code").asString()).isEqualTo("EMPTY_FILE");
        assertThat(failed.path("payload").path("retryable").asBoolean(true)).isFalse();
    }

    private void prepare() {
        wire.send("commands.ingest.prepare", saga, "IngestPrepare", "PREPARE_INGEST", """
                {"asset_id": "%s", "owner_id": "o", "file_name": "a.mp4", "content_type": "video/mp4", "size_bytes": %d}"""
                        .formatted(asset, bytes.length));
    }

    private static MediaStore store() {
        return second.getBean(MediaStore.class);
    }

    private static TusClient client(ConfigurableApplicationContext replica) {
        return new TusClient(Integer.parseInt(replica.getEnvironment().getRequiredProperty("local.server.port")));
    }

    private static ConfigurableApplicationContext replica(Map<String, String> servers) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--mediasaga.api.token=" + IngestIntegration.API_TOKEN,
                "--mediasaga.storage.path=" + folder,
                "--mediasaga.ingest.janitor=200ms",
                "--logging.level.root=WARN"));
        servers.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        return new SpringApplicationBuilder(IngestApplication.class)
                .properties("spring.config.name=ingest")
                .run(arguments.toArray(String[]::new));
    }

    private static byte[] bytes() {
        byte[] bytes = new byte[3_000_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }
}
