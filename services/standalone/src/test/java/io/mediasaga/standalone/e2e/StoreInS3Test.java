package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The whole platform on a bucket of a real S3 server, which goes away now and then. */
@Timeout(900)
class StoreInS3Test {

    private static final byte[] NOTE = "something to publish as it is".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");
    private static final int HALF = 7 << 20; // more than a part

    @TempDir
    static Path folder;

    static Bucket bucket;
    static Stage stage;
    static byte[] clip;

    @BeforeAll
    static void open() throws Exception {
        clip = Files.readAllBytes(SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(2)));
        bucket = Bucket.in(folder.resolve("s3"));
        stage = Stage.on(bucket, folder.resolve("data"), Map.of(
                "mediasaga.messaging.retry.backoff", "50ms", // an outage that counted would soon use the attempts up
                "mediasaga.publish.cleanup-again", "1s"));
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
        if (bucket != null) {
            bucket.close();
        }
    }

    @Test
    void aVideoIsConvertedAndPlays() throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, clip.length, Map.of("profile", "hls"));
        assertThat(stage.upload(begun, clip).status()).isEqualTo(204);
        String playlist = stage.awaitState(begun, "COMPLETED").path("data").path("public_path").asString("");

        assertThat(stage.calls().get("/media/" + begun.assetId() + "/").status()).isEqualTo(200);
        String rendition = entry(playlist);
        String segment = entry(rendition);
        byte[] whole = bytes(segment, Map.of()).body();
        assertThat(whole).hasSizeGreaterThan(1000);
        HttpResponse<byte[]> part = bytes(segment, Map.of("Range", "bytes=10-109"));
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 10-109/" + whole.length);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(whole, 10, 110));
        assertThat(bytes(segment, Map.of("Range", "bytes=-5")).body()).isEqualTo(Arrays.copyOfRange(whole, whole.length - 5, whole.length));
        assertThat(bytes(segment, Map.of("Range", "bytes=" + whole.length + "-")).statusCode()).isEqualTo(416);
        nothingLeft(begun, true);
        assertThat(bucket.everything()).filteredOn(name -> name.startsWith("public/" + begun.sagaId() + "/")).hasSizeGreaterThan(2);
    }

    @Test
    void aTextIsPublishedAsItIs() throws Exception {
        byte[] text = "Not a film, öäü.\n".repeat(100).getBytes(StandardCharsets.UTF_8);
        Place.Begun begun = stage.begin(Place.SHIPPED, text.length, Map.of("file_name", "notes.txt", "content_type", "text/plain"));
        assertThat(stage.upload(begun, text).status()).isEqualTo(204);
        String path = stage.awaitState(begun, "COMPLETED").path("data").path("public_path").asString("");
        assertThat(bytes(path, Map.of()).body()).isEqualTo(text);
        nothingLeft(begun, true);
    }

    @Test
    void anUploadIsResumedPartByPart() throws Exception {
        byte[] content = random(2 * HALF);
        Place.Begun begun = stage.begin(Place.SHIPPED, content.length, Map.of("profile", "passthrough", "sha256", sha256(content)));
        Place.Ticket ticket = stage.ticket(begun);
        assertThat(patch(ticket, content, 0, HALF).status()).isEqualTo(204);
        assertThat(bucket.unfinished()).as("uploads in parts").hasSize(1);
        assertThat(patch(ticket, content, HALF, HALF + 100).status()).isEqualTo(204);
        assertThat(stage.calls().send("HEAD", ticket.url(), BodyPublishers.noBody(), ticket.headers()).response()
                .headers().firstValueAsLong("Upload-Offset")).hasValue(HALF + 100);
        assertThat(patch(ticket, content, HALF + 100, content.length).status()).isEqualTo(204);
        String path = stage.awaitState(begun, "COMPLETED").path("data").path("public_path").asString("");
        assertThat(bytes(path, Map.of()).body()).isEqualTo(content);
        assertThat(bytes(path, Map.of("Range", "bytes=6000000-6000099")).body())
                .isEqualTo(Arrays.copyOfRange(content, 6_000_000, 6_000_100));
        nothingLeft(begun, true);
    }

    @Test
    void aLateFailureLeavesNoObject() throws Exception {
        Variant variant = Variant.named("s3-late").payload("MarkPublished", "asset_id").onExhausted("MarkPublished", "Compensate");
        stage.define(variant);
        Place.Begun begun = stage.begin(variant.name(), clip.length, Map.of("profile", "hls"));
        assertThat(stage.upload(begun, clip).status()).isEqualTo(204);
        stage.awaitState(begun, "COMPENSATED");
        nothingLeft(begun, false);
    }

    @Test
    void aCancelledUploadLeavesNoParts() throws Exception {
        Place.Begun begun = halfUploaded();
        assertThat(bucket.everything()).anyMatch(name -> name.endsWith("(unfinished)"));
        cancel(begun);
        stage.awaitState(begun, "COMPENSATED");
        nothingLeft(begun, false);
    }

    /** Each kind of work meets a server that is not there, and goes on when it is back. */
    @Test
    void noSagaIsLostWhenTheStoreIsAway() throws Exception {
        Place.Begun shown = stage.publish(Place.SHIPPED, NOTE, Map.of());
        String address = stage.saga(shown).path("data").path("public_path").asString("");
        Place.Begun published = stage.begin(Place.SHIPPED, NOTE.length, AS_IT_IS);
        Place.Begun processed = stage.begin(Place.SHIPPED, clip.length, Map.of("profile", "hls"));
        Place.Begun uploaded = stage.begin(Place.SHIPPED, NOTE.length, AS_IT_IS);
        Place.Begun cancelled = halfUploaded();
        stage.awaitUploadStep(uploaded);
        stage.away("publish");
        stage.away("processing");
        assertThat(stage.upload(published, NOTE).status()).isEqualTo(204);
        assertThat(stage.upload(processed, clip).status()).isEqualTo(204);
        stage.back("processing");
        awaitStep(published, "Publish");
        awaitStep(processed, "Publish");
        bucket.server().kill();
        try {
            stage.back("publish");
            cancel(cancelled);
            Calls.Answer refused = stage.upload(uploaded, NOTE);
            assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
            assertThat(refused.text("code")).isEqualTo("STORAGE_UNAVAILABLE");
            assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();
            Calls.Answer unseen = stage.calls().get(address);
            assertThat(unseen.status()).as(unseen.toString()).isEqualTo(503);
            assertThat(unseen.text("code")).isEqualTo("STORE_UNAVAILABLE");
            await().pollDelay(Duration.ofSeconds(5)).untilAsserted(() -> {
                assertThat(stage.saga(published).path("state").asString("")).isEqualTo("RUNNING");
                assertThat(stage.saga(processed).path("state").asString("")).isEqualTo("RUNNING");
                assertThat(stage.saga(cancelled).path("state").asString("")).isEqualTo("COMPENSATING");
            });
        } finally {
            bucket.server().restart();
        }
        assertThat(stage.upload(uploaded, NOTE).status()).isEqualTo(204);
        for (Place.Begun each : List.of(published, processed, uploaded)) {
            stage.awaitState(each, "COMPLETED");
        }
        stage.awaitState(cancelled, "COMPENSATED");
        assertThat(stage.calls().get(address).status()).isEqualTo(200);
        for (Place.Begun each : List.of(published, processed, uploaded)) {
            nothingLeft(each, true);
        }
        nothingLeft(cancelled, false);
    }

    private static void awaitStep(Place.Begun begun, String step) {
        await().alias(step).ignoreExceptions().until(() ->
                stage.saga(begun).path("current").path("step").asString("").equals(step));
    }

    private static void cancel(Place.Begun begun) throws Exception {
        Calls.Answer answer = stage.calls().post("/api/sagas/" + begun.sagaId() + "/cancel", Map.of("reason", "a test"));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    }

    private static Place.Begun halfUploaded() throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, 2L * HALF, AS_IT_IS);
        assertThat(patch(stage.ticket(begun), random(2 * HALF), 0, HALF).status()).isEqualTo(204);
        return begun;
    }

    private static Calls.Answer patch(Place.Ticket ticket, byte[] content, int from, int to) throws Exception {
        return stage.calls().send("PATCH", ticket.url(), BodyPublishers.ofByteArray(content, from, to - from), ticket.patch(from));
    }

    /** The address of the first thing that a playlist names. */
    private static String entry(String playlist) throws Exception {
        HttpResponse<byte[]> answer = bytes(playlist, Map.of());
        assertThat(answer.statusCode()).as(playlist).isEqualTo(200);
        String name = new String(answer.body(), StandardCharsets.UTF_8).lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .findFirst()
                .orElseThrow();
        return playlist.substring(0, playlist.lastIndexOf('/') + 1) + name;
    }

    private static HttpResponse<byte[]> bytes(String path, Map<String, String> headers) throws Exception {
        return stage.calls().bytes(path, headers);
    }

    private static void nothingLeft(Place.Begun begun, boolean completed) {
        Leftovers leftovers = new Leftovers(stage);
        await().ignoreExceptions().untilAsserted(() ->
                assertThat(completed ? leftovers.ofCompleted(begun) : leftovers.ofCompensated(begun)).isEmpty());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
