package io.mediasaga.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.embedded.Wire;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The whole service on real Kafka and PostgreSQL, asked over real HTTP. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=publish",
            "mediasaga.api.token=0123456789abcdef0123456789abcdef",
            "mediasaga.publish.cleanup=200ms"
        })
class PublishServiceTest {

    private static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path temp;

    private static Wire wire;

    @LocalServerPort
    private int port;

    @Autowired
    private MediaStore store;

    private final String saga = UUID.randomUUID().toString();
    private final String asset = UUID.randomUUID().toString();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("publish").forEach((name, value) -> registry.add(name, () -> value));
        registry.add("mediasaga.storage.path", () -> temp.resolve("store"));
    }

    @BeforeAll
    static void connect() {
        wire = new Wire(
                EmbeddedServers.shared().kafka().bootstrapServers(),
                List.of("events.publish.succeeded", "events.publish.failed", "events.publish.cleaned"));
    }

    @AfterAll
    static void disconnect() {
        wire.close();
        CLIENT.close();
    }

    @Test
    void isReachableOnceItIsPublishedAndNotBefore() throws Exception {
        output("master.m3u8", "#EXTM3U\n");
        output("720p/00000.m4s", "segment");
        output("poster.jpg", "jpeg");
        assertThat(get("/" + asset + "/master.m3u8").statusCode()).isEqualTo(404);

        JsonNode reply = publish("master.m3u8", "poster.jpg", "A title");

        assertThat(reply.path("public_path").asString()).isEqualTo("/media/" + asset + "/master.m3u8");
        assertThat(reply.path("watch_path").asString()).isEqualTo("/media/" + asset + "/");
        assertThat(reply.path("poster_path").asString()).isEqualTo("/media/" + asset + "/poster.jpg");
        // The temporary result goes with the end of the saga; what is published stays.
        store.deleteAll(MediaKey.of("processed").child(saga));
        HttpResponse<String> master = get("/" + asset + "/master.m3u8");
        assertThat(master.statusCode()).isEqualTo(200);
        assertThat(master.body()).isEqualTo("#EXTM3U\n");
        assertThat(master.headers().firstValue("Content-Type")).hasValue("application/vnd.apple.mpegurl");
        assertThat(master.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(master.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(get("/" + asset + "/720p/00000.m4s").body()).isEqualTo("segment");
    }

    @Test
    void aSingleFileIsPublishedAsItsEntry() throws Exception {
        MediaKey upload = upload("video");

        send("a.mp4", null, "A title", upload.uri());
        JsonNode reply = wire.await(saga, "PublishSucceeded").path("payload");

        assertThat(reply.path("public_path").asString()).isEqualTo("/media/" + asset + "/a.mp4");
        store.deleteAll(MediaKey.of("uploads").child(saga));
        assertThat(get("/" + asset + "/a.mp4").body()).isEqualTo("video");
        assertThat(files(saga)).hasSize(1);
    }

    @Test
    void aSingleFileIsTakenBackToo() throws Exception {
        send("a.mp4", null, "A title", upload("video").uri());
        wire.await(saga, "PublishSucceeded");

        wire.send("commands.publish.cleanup", saga, "CLEANUP_PUBLISH", "PublishCleanup", Map.of("asset_id", asset));
        wire.await(saga, "PublishCleaned");

        assertThat(get("/" + asset + "/a.mp4").statusCode()).isEqualTo(404);
        assertThat(files(saga)).isEmpty();
    }

    @Test
    void anotherSagaCannotTakeTheAddressWithASingleFile() throws Exception {
        send("a.mp4", null, "Mine", upload("video").uri());
        wire.await(saga, "PublishSucceeded");
        String other = UUID.randomUUID().toString();
        MediaKey theirs = MediaKey.of("uploads").child(other).resolve("source");
        store.write(theirs, new ByteArrayInputStream("other".getBytes(StandardCharsets.UTF_8)));

        wire.send("commands.publish.finalize", other, "PUBLISH", "PublishFinalize", Map.of(
                "asset_id", asset, "title", "Theirs", "output_uri", theirs.uri(), "entry", "a.mp4"));

        assertThat(wire.await(other, "PublishFailed").path("payload").path("code").asString()).isEqualTo("ALREADY_PUBLISHED");
        assertThat(get("/" + asset + "/a.mp4").body()).isEqualTo("video");
    }

    @Test
    void theCompensationTakesItBack() throws Exception {
        output("a.mp4", "video");
        publish("a.mp4", null, "A title");

        wire.send("commands.publish.cleanup", saga, "CLEANUP_PUBLISH", "PublishCleanup", Map.of("asset_id", asset));
        wire.await(saga, "PublishCleaned");

        assertThat(get("/" + asset + "/a.mp4").statusCode()).isEqualTo(404);
        assertThat(get("/" + asset + "/").statusCode()).isEqualTo(404);
        assertThat(files(saga)).isEmpty();
        // and the command that comes too late is refused
        send("a.mp4", null, "A title", "store:processed/" + saga + "/1");
        assertThat(get("/" + asset + "/a.mp4").statusCode()).isEqualTo(404);
    }

    @Test
    void ofACompensatedSagaNothingIsLeft() throws Exception {
        output("a.mp4", "video");
        publish("a.mp4", null, "A title");
        store.write(Addresses.folder(saga).resolve("9-crashed/part"), new ByteArrayInputStream(new byte[3]));

        wire.send("events.saga.compensated", saga, "SAGA", "SagaCompensated", Map.of("definition", "d", "reason", "r"));

        await().untilAsserted(() -> {
            assertThat(files(saga)).isEmpty();
            assertThat(get("/" + asset + "/a.mp4").statusCode()).isEqualTo(404);
        });
    }

    @Test
    void whatIsMissingIsRefused() throws Exception {
        output("a.mp4", "video");

        send("b.mp4", null, "A title", "store:processed/" + saga + "/1");

        JsonNode reply = wire.await(saga, "PublishFailed").path("payload");
        assertThat(reply.path("code").asString()).isEqualTo("OUTPUT_MISSING");
        assertThat(reply.path("retryable").asBoolean()).isFalse();
        assertThat(files(saga)).isEmpty();
    }

    @Test
    void anotherSagaCannotTakeTheAddress() throws Exception {
        output("a.mp4", "video");
        publish("a.mp4", null, "Mine");
        String other = UUID.randomUUID().toString();
        store.write(MediaKey.of("processed").child(other).resolve("1/a.mp4"), new ByteArrayInputStream("other".getBytes()));

        wire.send("commands.publish.finalize", other, "PUBLISH", "PublishFinalize", Map.of(
                "asset_id", asset, "title", "Theirs", "output_uri", "store:processed/" + other + "/1", "entry", "a.mp4"));

        assertThat(wire.await(other, "PublishFailed").path("payload").path("code").asString()).isEqualTo("ALREADY_PUBLISHED");
        assertThat(get("/" + asset + "/a.mp4").body()).isEqualTo("video");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../etc/passwd", "a/../../x", "/etc/passwd", "..", ".hidden", "a//b"})
    void namesThatLeadOutAreDeadLetters(String entry) throws Exception {
        output("a.mp4", "video");

        send(entry, null, "A title", "store:processed/" + saga + "/1");

        assertThat(wire.await(saga, "PublishFailed").path("payload").path("reason").asString()).contains("entry");
    }

    @ParameterizedTest
    @CsvSource({
        "a.m3u8, application/vnd.apple.mpegurl, true", "a.ts, video/mp2t, true", "a.m4s, video/iso.segment, true",
        "a.mp4, video/mp4, true", "a.jpg, image/jpeg, true", "a.mp3, audio/mpeg, true",
        "a.html, application/octet-stream, false", "a.svg, application/octet-stream, false", "a.xml, application/octet-stream, false",
        "a.js, application/octet-stream, false", "a.pdf, application/pdf, false", "a, application/octet-stream, false"
    })
    void typesAreRightAndNothingCanRunHere(String file, String type, boolean inline) throws Exception {
        output(file, "<script>alert(1)</script>");
        publish(file, null, "A title");

        HttpResponse<String> response = get("/" + asset + "/" + file);

        assertThat(response.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("sandbox", "default-src 'none'");
        assertThat(response.headers().firstValue("Content-Disposition").isPresent()).isEqualTo(!inline);
    }

    @Test
    void rangesAndConditions() throws Exception {
        output("a.mp4", "0123456789");
        publish("a.mp4", null, "A title");
        String file = "/" + asset + "/a.mp4";

        HttpResponse<String> part = get(file, "Range", "bytes=2-4");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2-4/10");
        assertThat(part.headers().firstValue("Content-Length")).hasValue("3");
        HttpResponse<String> outside = get(file, "Range", "bytes=10-");
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(outside.headers().firstValue("Content-Range")).hasValue("bytes */10");
        assertThat(get(file, "Range", "bytes=0-1,4-5").body()).isEqualTo("0123456789");

        HttpResponse<String> whole = get(file);
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        String modified = whole.headers().firstValue("Last-Modified").orElseThrow();
        assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        assertThat(whole.headers().firstValue("Cache-Control").orElseThrow()).contains("max-age");
        assertThat(get(file, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(get(file, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get(file, "If-Modified-Since", modified).statusCode()).isEqualTo(304);
        assertThat(get(file, "Range", "bytes=0-0", "If-Range", tag).statusCode()).isEqualTo(206);
        assertThat(get(file, "Range", "bytes=0-0", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
        assertThat(get(file, "Range", "bytes=0-0", "If-Range", modified).statusCode()).isEqualTo(206);

        HttpResponse<String> head = send(request(file).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).hasValue("10");
        assertThat(head.body()).isEmpty();
        String page = file.substring(0, file.lastIndexOf('/') + 1);
        HttpResponse<String> headOfPage = send(request(page).method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(headOfPage.statusCode()).isEqualTo(get(page).statusCode());
        assertThat(headOfPage.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        HttpResponse<String> options = send(request(file).method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Access-Control-Allow-Headers").orElseThrow()).contains("Range");
        assertThat(send(request(file).POST(HttpRequest.BodyPublishers.noBody())).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../x", "/%2e%2e/x", "/..%2fx", "/..;/x", "//x", "/a/../../x", "/.hidden", "/a.mp4/..", "/%00", "/a%0ab", "/\\..\\x",
                "/....//x", "/%c0%ae%c0%ae/x", "/"
            })
    void noDetourLeadsOut(String detour) throws Exception {
        output("a.mp4", "video");
        publish("a.mp4", null, "A title");
        store.write(MediaKey.of("uploads/x"), new ByteArrayInputStream("secret".getBytes()));
        store.write(Addresses.folder(saga).resolve("x"), new ByteArrayInputStream("secret".getBytes()));

        // Raw, since a client library would tidy the path up.
        String answer = raw("GET /media/" + asset + detour + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContain("secret");
        assertThat(answer.lines().findFirst().orElseThrow()).containsPattern("HTTP/1.1 (200|400|401|404)");
    }

    @Test
    void thePageShowsATitleAndNoScriptsOfOthers() throws Exception {
        output("master.m3u8", "#EXTM3U\n");
        output("poster.jpg", "jpeg");
        publish("master.m3u8", "poster.jpg", "</title><script>alert('x')</script> & \"100 %\" $1 %s");

        HttpResponse<String> page = get("/" + asset + "/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;100 %&quot; $1 %s")
                .contains("data-playlist=\"master.m3u8\"", "poster=\"poster.jpg\"")
                .doesNotContain("<script>");
        for (String script : List.of("hls.js", "player.js", "player.css", "icon.svg")) {
            assertThat(page.body()).contains("../~player/" + script + "?v=");
            assertThat(get("/~player/" + script).statusCode()).isEqualTo(200);
        }
        assertThat(get("/~player/nothing").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"a.mp3, <audio", "a.mp4, <video", "a.png, <img", "a.zip, This is a file to download"})
    void thePageFitsTheFile(String file, String shown) throws Exception {
        output(file, "content");
        publish(file, null, "A title");

        assertThat(get("/" + asset + "/").body()).contains(shown, "href=\"" + file + "\" download");
    }

    @Test
    void addressesOfOddIdsArePlain() throws Exception {
        String odd = "../ä \"<b>%2e;?#";
        output("a.mp4", "video");
        wire.send("commands.publish.finalize", saga, "PUBLISH", "PublishFinalize", Map.of(
                "asset_id", odd, "output_uri", "store:processed/" + saga + "/1", "entry", "a.mp4"));

        JsonNode reply = wire.await(saga, "PublishSucceeded").path("payload");

        assertThat(reply.path("public_path").asString()).matches("/media/~[A-Za-z0-9_-]+/a\\.mp4");
        assertThat(get(reply.path("public_path").asString().substring("/media".length())).body()).isEqualTo("video");
        assertThat(get(reply.path("watch_path").asString().substring("/media".length())).body())
                .contains("<h1>../&auml; &quot;&lt;b&gt;%2e;?#</h1>");
    }

    @Test
    void withoutItsSlashThePageIsElsewhere() throws Exception {
        HttpResponse<String> response = get("/" + asset);

        assertThat(response.statusCode()).isEqualTo(308);
        assertThat(response.headers().firstValue("Location")).hasValue("./" + asset + "/");
    }

    private void output(String file, String content) throws IOException {
        store.write(
                MediaKey.of("processed").child(saga).resolve("1").resolve(file),
                new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private MediaKey upload(String content) throws IOException {
        MediaKey key = MediaKey.of("uploads").child(saga).resolve("source");
        store.write(key, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        return key;
    }

    private JsonNode publish(String entry, String poster, String title) {
        send(entry, poster, title, "store:processed/" + saga + "/1");
        return wire.await(saga, "PublishSucceeded", "PublishFailed").path("payload");
    }

    private void send(String entry, String poster, String title, String output) {
        Map<String, String> payload = new HashMap<>(
                Map.of("asset_id", asset, "title", title, "output_uri", output, "entry", entry));
        if (poster != null) {
            payload.put("poster", poster);
        }
        wire.send("commands.publish.finalize", saga, "PUBLISH", "PublishFinalize", payload);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/media" + path));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<StoredObject> files(String saga) throws IOException {
        List<StoredObject> files = new ArrayList<>();
        for (MediaKey folder : Addresses.folders(saga)) {
            files.addAll(store.list(folder));
        }
        return files;
    }
}
