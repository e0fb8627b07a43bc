package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.platform.DataFolder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The store's disk and the working folder's disk are full for real. */
@Timeout(900)
class FullDiskTest {

    private static final int STORE_MIB = 24;

    @TempDir
    static Path folder;

    static Disk store;
    static Disk work;
    static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        Path data = folder.resolve("data");
        DataFolder.at(data).prepare();
        store = Disk.over(data.resolve("media"), STORE_MIB);
        work = Disk.over(data.resolve("work/processing"), 16);
        stage = Stage.open(data, Map.of(
                "mediasaga.storage.min-free", "0B", // up to the last byte
                "mediasaga.messaging.retry.backoff", "100ms"));
    }

    @AfterAll
    static void close() throws Exception {
        if (stage != null) {
            stage.close();
        }
        if (work != null) {
            work.close();
        }
        if (store != null) {
            store.close();
        }
    }

    @Test
    void anUploadThatFindsNoRoomGoesOnWhenThereIsSome() throws Exception {
        byte[] content = new byte[(STORE_MIB + 8) << 20];
        new Random(7).nextBytes(content);
        Place.Begun begun = stage.begin(Place.SHIPPED, content.length, Map.of("profile", "passthrough", "sha256", sha256(content)));
        Place.Ticket ticket = stage.ticket(begun);

        Calls.Answer full = sendUntilRefused(ticket, content);
        assertThat(full.status()).as(full.toString()).isEqualTo(507);
        assertThat(full.text("code")).isEqualTo("STORAGE_FULL");
        assertThat(full.response().headers().firstValue("Retry-After")).isPresent();

        store.grow(2 * STORE_MIB);
        int offset = (int) offset(ticket);
        Calls.Answer rest = stage.calls().send("PATCH", ticket.url(),
                BodyPublishers.ofByteArray(content, offset, content.length - offset), ticket.patch(offset));
        assertThat(rest.status()).as(rest.toString()).isEqualTo(204);
        stage.awaitState(begun, "COMPLETED");
        store.grow(4 * STORE_MIB);
        awaitNothing(begun, true);
    }

    @Test
    void anUploadThatNeverFindsRoomEndsCompensated() throws Exception {
        // It has to be refused before the time is over: where the machine is too busy for that, there is more time.
        List<String> times = List.of("4s", "20s", "1m");
        for (String time : times) {
            Variant variant = Variant.named("no-room-for-upload-" + time).impatient("WaitFileUploaded", time);
            stage.define(variant);
            Place.Begun begun = stage.begin(variant.name(), 10L << 20, Map.of());
            Place.Ticket ticket = stage.ticket(begun);
            Path filler = store.fill(1 << 20);
            Calls.Answer full;
            try {
                full = sendUntilRefused(ticket, new byte[10 << 20]);
                stage.awaitState(begun, "COMPENSATED");
                awaitNothing(begun, false);
            } finally {
                Files.delete(filler);
            }
            if (full.status() == 507 || time.equals(times.getLast())) {
                assertThat(full.status()).as(full.toString()).isEqualTo(507);
                break;
            }
        }
        publishesAgain();
    }

    @Test
    void processingThatFindsNoRoomEndsCompensatedWithTheReason() throws Exception {
        noRoom(store, "ProcessMedia failed: .*(no room|disk is full).*");
    }

    @Test
    void aFullWorkingFolderEndsCompensatedWithTheReason() throws Exception {
        noRoom(work, "ProcessMedia failed: .*(no room|disk is full).*");
    }

    private static void noRoom(Disk disk, String reason) throws Exception {
        byte[] clip = Files.readAllBytes(SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(3)));
        Variant variant = Variant.named("no-room-for-processing").impatient("ProcessMedia", "1m");
        stage.define(variant);
        Place.Begun begun = stage.begin(variant.name(), clip.length, Map.of("profile", "hls"));
        Place.Ticket ticket = stage.ticket(begun);
        Path filler = disk.fill(disk == store ? clip.length + (128 << 10) : 64 << 10);
        try {
            assertThat(stage.calls().send("PUT", ticket.url() + "/content", BodyPublishers.ofByteArray(clip), ticket.headers()).status())
                    .isEqualTo(204);
            JsonNode saga = stage.awaitState(begun, "COMPENSATED");
            assertThat(saga.path("reason").asString("")).matches(reason);
        } finally {
            Files.delete(filler); // which would be found among what is left
        }
        awaitNothing(begun, false);
        publishesAgain();
    }

    /** In pieces: of a long body the answer may come while it is still being sent, and not be seen. */
    private static Calls.Answer sendUntilRefused(Place.Ticket ticket, byte[] content) throws Exception {
        int offset = 0;
        while (true) {
            int length = Math.min(1 << 20, content.length - offset);
            Calls.Answer answer = stage.calls().send(
                    "PATCH", ticket.url(), BodyPublishers.ofByteArray(content, offset, length), ticket.patch(offset));
            if (answer.status() != 204) {
                return answer;
            }
            offset += length;
        }
    }

    private static void publishesAgain() throws Exception {
        Place.Begun begun = stage.publish(Place.SHIPPED, "there is room again".getBytes(java.nio.charset.StandardCharsets.UTF_8), Map.of());
        awaitNothing(begun, true);
    }

    private static void awaitNothing(Place.Begun begun, boolean completed) {
        Leftovers leftovers = new Leftovers(stage);
        await().untilAsserted(() ->
                assertThat(completed ? leftovers.ofCompleted(begun) : leftovers.ofCompensated(begun)).isEmpty());
    }

    private static long offset(Place.Ticket ticket) throws Exception {
        return stage.calls().send("HEAD", ticket.url(), BodyPublishers.noBody(), ticket.headers()).response()
                .headers().firstValueAsLong("Upload-Offset").orElseThrow();
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
