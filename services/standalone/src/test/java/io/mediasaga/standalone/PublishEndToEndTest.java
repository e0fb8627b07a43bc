package io.mediasaga.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.HistoryLine;
import io.mediasaga.standalone.client.LocalFile;
import io.mediasaga.standalone.client.PublishMemory;
import io.mediasaga.standalone.client.Publisher;
import io.mediasaga.standalone.client.SagaView;
import io.mediasaga.standalone.e2e.Leftovers;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real file through all seven steps, on the whole platform, over HTTP as any client does it. */
@Timeout(900)
class PublishEndToEndTest {

    @TempDir
    static Path folder;

    static Platform platform;
    static ApiClient api;

    @BeforeAll
    static void start() {
        System.setProperty("mediasaga.log.format", "logstash");
        try {
            platform = Platform.start(PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE), line -> {});
        } finally {
            System.clearProperty("mediasaga.log.format");
        }
        api = new ApiClient(URI.create(platform.address()), platform.token());
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            api.close();
            platform.close();
        }
    }

    @Test
    void aVideoIsPublishedAndPlays() throws Exception {
        Path clip = SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(2));
        Steps steps = new Steps();

        SagaView saga = publish(clip, "alice", "My clip", steps);

        assertThat(saga.state()).as(saga.json().toPrettyString()).isEqualTo("COMPLETED");
        assertThat(steps.succeeded).containsExactly(
                "CreateAsset", "ReserveQuota", "PrepareIngest", "WaitFileUploaded", "ProcessMedia", "Publish", "MarkPublished");
        assertPlays(saga);
        JsonNode asset = api.get("/api/assets/" + saga.data("asset_id"));
        assertThat(asset.path("status").asString("")).isEqualTo("PUBLISHED");
        assertThat(asset.path("title").asString("")).isEqualTo("My clip");
        await().untilAsserted(() -> {
            JsonNode quota = api.get("/api/quotas/alice");
            assertThat(quota.toString()).contains(String.valueOf(Files.size(clip)));
        });
        await().untilAsserted(() -> assertThat(temporaryFiles()).isEmpty());
    }

    @Test
    void aFileThatIsNoMediaEndsCompensatedWithTheReasonAndNothingLeft() throws Exception {
        Path broken = folder.resolve("broken.mp4");
        Files.write(broken, new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2', 1, 2, 3, 4, 5, 6, 7, 8});

        SagaView saga = publish(broken, "bob", "Broken", new Steps());

        assertThat(saga.state()).as(saga.json().toPrettyString()).isEqualTo("COMPENSATED");
        assertThat(saga.reason()).isNotBlank();
        assertThat(api.get("/api/assets/" + saga.data("asset_id")).path("status").asString("")).isEqualTo("FAILED");
        await().untilAsserted(() -> assertThat(temporaryFiles()).isEmpty());
    }

    @Test
    void theSmokeMessageOfAPlainProducerMakesAnAssetOnce() throws Exception {
        String message = """
                {"message_id":"m1","saga_id":"s1","type":"AssetCreate","step":"CREATE_ASSET",\
                "created_at":"2026-01-10T12:00:00Z","payload":{"asset_id":"a1"}}""";
        Map<String, Object> settings = Map.of("bootstrap.servers", platform.kafka(), "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("commands.asset.create", message)).get();
            producer.send(new ProducerRecord<>("commands.asset.create", message)).get();
        }
        await().ignoreExceptions().untilAsserted(() ->
                assertThat(api.get("/api/assets/a1").path("asset_id").asString("")).isEqualTo("a1"));
    }

    @Test
    void eachServiceAnswersUnderItsOwnPath() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : List.of("", "/api/assets", "/api/quotas", "/uploads", "/api/processing", "/media")) {
                URI health = api.address(path + "/actuator/health");
                assertThat(http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.ofString()).statusCode())
                        .as(health.toString())
                        .isEqualTo(200);
            }
            for (String path : List.of("/api/openapi", "/api/assets/openapi.json", "/api/quotas/openapi.json", "/uploads/openapi.json")) {
                HttpResponse<String> description =
                        http.send(HttpRequest.newBuilder(api.address(path)).build(), BodyHandlers.ofString());
                assertThat(description.statusCode()).as(path).isEqualTo(200);
                assertThat(description.body()).as(path).contains("\"openapi\":\"3.", "RFC 9457");
            }
            for (String path : List.of("/api/sagas", "/api/assets", "/api/quotas/alice")) {
                assertThat(http.send(HttpRequest.newBuilder(api.address(path)).build(), BodyHandlers.ofString()).statusCode())
                        .as(path + " without a token")
                        .isEqualTo(401);
            }
        }
    }

    @Test
    void eachLineOfTheLogNamesItsService() throws Exception {
        publish(SampleClip.create(folder.resolve("logged.mp4"), Duration.ofSeconds(1)), "dora", "Logged", new Steps());

        List<JsonNode> lines = Files.readAllLines(platform.data().path("logs/mediasaga.log")).stream()
                .filter(line -> line.endsWith("}")) // the last one may be being written
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();

        Pattern listening = Pattern.compile("Listening to \\d+ topics as group (\\w+)");
        List<String> groups = new ArrayList<>();
        for (JsonNode line : lines) {
            Matcher group = listening.matcher(line.path("message").asString(""));
            String logger = line.path("logger_name").asString("");
            if (group.find()) {
                assertThat(line.path("service_name").asString("")).isEqualTo(group.group(1));
                groups.add(group.group(1));
            } else if (logger.startsWith("io.mediasaga.orchestrator.")) {
                assertThat(line.path("service_name").asString("")).as(line.toString()).isEqualTo("orchestrator");
            }
        }
        assertThat(groups).contains("orchestrator", "media", "quota", "ingest", "processing", "publish");
    }

    private static SagaView publish(Path file, String owner, String title, Publisher.Watcher watcher) {
        return new Publisher(api, new PublishMemory(folder.resolve("memory")), Duration.ofMinutes(1))
                .publish(LocalFile.of(file), owner, title, watcher);
    }

    private static void assertPlays(SagaView saga) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(get(http, String.valueOf(saga.data("watch_path"))).statusCode()).isEqualTo(200);
            URI master = api.address(String.valueOf(saga.data("public_path")));
            URI variant = master.resolve(firstEntry(get(http, master.toString()).body()));
            URI segment = variant.resolve(firstEntry(get(http, variant.toString()).body()));
            HttpResponse<byte[]> media = http.send(
                    HttpRequest.newBuilder(segment).header("Range", "bytes=0-99").build(), BodyHandlers.ofByteArray());
            assertThat(media.statusCode()).isEqualTo(206);
            assertThat(media.body()).hasSize(100);
            assertThat(get(http, String.valueOf(saga.data("poster_path"))).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> get(HttpClient http, String address) throws Exception {
        return http.send(HttpRequest.newBuilder(api.address(address)).build(), BodyHandlers.ofString());
    }

    private static String firstEntry(String playlist) {
        assertThat(playlist).startsWith("#EXTM3U");
        return playlist.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).findFirst().orElseThrow();
    }

    /** What is neither published nor the lock by which a worker holds its folder. */
    private static List<String> temporaryFiles() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("media", "work/processing")) {
            Path root = platform.data().path(name);
            Leftovers.below(root)
                    .filter(Files::isRegularFile)
                    .map(root::relativize)
                    .map(Path::toString)
                    .filter(file -> !file.startsWith("public") && !file.matches("worker-[^/]+/lock"))
                    .map(file -> name + "/" + file)
                    .forEach(found::add);
        }
        return found;
    }

    private static final class Steps implements Publisher.Watcher {
        private final List<String> succeeded = new ArrayList<>();

        @Override
        public void started(SagaView saga, boolean resumed) {}

        @Override
        public void uploaded(long bytes, long of) {}

        @Override
        public void happened(HistoryLine line) {
            if (line.kind().equals("SUCCEEDED") && line.compensation().isEmpty()) {
                succeeded.add(line.step());
            }
        }
    }
}
