package io.mediasaga.standalone.e2e;

import static io.mediasaga.standalone.e2e.Case.undone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Each step fails for the reasons that it fails for in real life. */
final class FailingSteps {

    private static final byte[] FILE = "something to publish as it is".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");

    private FailingSteps() {}

    static Stream<Case> all() {
        return Stream.of(
                undone("CreateAsset", "fails: the asset's id is taken", FailingSteps::idTaken),
                undone("CreateAsset", "fails: the title is too long", stage ->
                        stage.begin(Place.SHIPPED, 10, Map.of("title", "x".repeat(201)))),
                undone("ReserveQuota", "fails: the owner's quota is exceeded", FailingSteps::quotaExceeded),
                undone("PrepareIngest", "fails: the file is larger than ingest takes", stage ->
                        stage.begin(Place.SHIPPED, 60L << 30, Map.of())),
                undone("WaitFileUploaded", "fails: the file is not the declared one", FailingSteps::otherFile),
                undone("WaitFileUploaded", "fails: the client gives the upload up half-way", FailingSteps::givenUp),
                undone("WaitFileUploaded", "fails: the upload expires half-way", FailingSteps::expired),
                undone("ProcessMedia", "fails: the file is no media", FailingSteps::noMedia),
                undone("ProcessMedia", "fails: its result cannot be written", FailingSteps::processingCannotWrite),
                undone("Publish", "fails: the published folder cannot be written", FailingSteps::publishCannotWrite),
                undone("MarkPublished", "fails, and the definition says to turn back", FailingSteps::pivotTurnsBack),
                undone("MarkPublished", "fails, is held, and an operator cancels", FailingSteps::pivotIsHeldAndCancelled));
    }

    private static Place.Begun idTaken(Stage stage) throws Exception {
        Place.Begun first = stage.publish(Place.SHIPPED, FILE, Map.of());
        Place.Begun second = stage.begin(Place.SHIPPED, FILE.length, Map.of("asset_id", first.assetId()));
        stage.awaitState(second, "COMPENSATED");
        Leftovers leftovers = new Leftovers(stage);
        await().untilAsserted(() -> assertThat(leftovers.ofCompleted(first)).isEmpty());
        return second;
    }

    private static Place.Begun quotaExceeded(Stage stage) throws Exception {
        assertThat(stage.calls().put("/api/quotas/poor", Map.of("limit_bytes", 100, "limit_assets", 10)).status()).isEqualTo(200);
        return stage.begin(Place.SHIPPED, 101, Map.of("owner_id", "poor"));
    }

    private static Place.Begun otherFile(Stage stage) throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, FILE.length, Map.of("sha256", "0".repeat(64)));
        Calls.Answer answer = stage.upload(begun, FILE);
        assertThat(answer.status()).isEqualTo(460);
        assertThat(answer.text("code")).isEqualTo("CHECKSUM_MISMATCH");
        return begun;
    }

    private static Place.Begun halfUploaded(Stage stage, Place.Ticket ticket, Place.Begun begun, byte[] half) throws Exception {
        assertThat(stage.calls().send("PATCH", ticket.url(), BodyPublishers.ofByteArray(half), ticket.patch(0)).status())
                .isEqualTo(204);
        return begun;
    }

    private static Place.Begun givenUp(Stage stage) throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, 2_000_000, AS_IT_IS);
        Place.Ticket ticket = stage.ticket(begun);
        halfUploaded(stage, ticket, begun, new byte[1_000_000]);
        assertThat(stage.calls().send("DELETE", ticket.url(), BodyPublishers.noBody(), ticket.headers()).status()).isEqualTo(204);
        assertThat(stage.calls().send("PATCH", ticket.url(), BodyPublishers.ofByteArray(new byte[10]), ticket.patch(1_000_000)).status())
                .isEqualTo(410);
        return begun;
    }

    private static Place.Begun expired(Stage stage) throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, 2_000_000, AS_IT_IS);
        Place.Ticket ticket = stage.ticket(begun);
        halfUploaded(stage, ticket, begun, new byte[1_000_000]);
        stage.execute("UPDATE ingest.upload SET expires_at = now() WHERE saga_id = '" + begun.sagaId() + "'");
        Calls.Answer late = stage.calls()
                .send("PATCH", ticket.url(), BodyPublishers.ofByteArray(new byte[1_000_000]), ticket.patch(1_000_000));
        assertThat(late.status()).as(late.toString()).isEqualTo(410);
        return begun;
    }

    private static Place.Begun noMedia(Stage stage) throws Exception {
        byte[] broken = new byte[5000];
        System.arraycopy(new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 'm', 'p', '4', '2'}, 0, broken, 0, 12);
        Place.Begun begun = stage.begin(Place.SHIPPED, broken.length, Map.of());
        assertThat(stage.upload(begun, broken).status()).isEqualTo(204);
        return begun;
    }

    private static Place.Begun processingCannotWrite(Stage stage) throws Exception {
        // What is passed through is not written anywhere by processing.
        Path clip = Files.createTempFile("clip", ".mp4");
        try {
            byte[] file = Files.readAllBytes(SampleClip.create(clip, Duration.ofSeconds(1)));
            return inTheWay(stage, "processed", file, Map.of("profile", "hls"));
        } finally {
            Files.deleteIfExists(clip);
        }
    }

    private static Place.Begun publishCannotWrite(Stage stage) throws Exception {
        return inTheWay(stage, "public", FILE, AS_IT_IS);
    }

    /**
     * Files where the saga's folders are to be, that of its runs and that of what is done without one: no rights can be taken from root,
     * but this hinders even root.
     */
    private static Place.Begun inTheWay(Stage stage, String folder, byte[] file, Map<String, Object> data) throws Exception {
        Place.Begun begun = stage.begin(Place.SHIPPED, file.length, data);
        Path where = Files.createDirectories(stage.media().resolve(folder));
        List<Path> obstacles = List.of(where.resolve(begun.sagaId()), where.resolve(begun.sagaId() + "~0"));
        for (Path obstacle : obstacles) {
            Files.writeString(obstacle, "in the way");
        }
        try {
            assertThat(stage.upload(begun, file).status()).isEqualTo(204);
            assertThat(stage.awaitState(begun, "COMPENSATED").path("reason").asString(""))
                    .contains("The media store cannot write store:" + folder + "/" + begun.sagaId())
                    .doesNotContain(stage.media().toString());
        } finally {
            for (Path obstacle : obstacles) {
                Files.deleteIfExists(obstacle); // else the cases after this one would find it
            }
        }
        return begun;
    }

    /** The command lacks what the registry must have. */
    private static Variant withoutAddress(String name) {
        return Variant.named(name).payload("MarkPublished", "asset_id");
    }

    private static Place.Begun pivotTurnsBack(Stage stage) throws Exception {
        Variant variant = withoutAddress("pivot-turns-back").onExhausted("MarkPublished", "Compensate");
        stage.define(variant);
        Place.Begun begun = stage.begin(variant.name(), FILE.length, AS_IT_IS);
        assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        return begun;
    }

    private static Place.Begun pivotIsHeldAndCancelled(Stage stage) throws Exception {
        Variant variant = withoutAddress("pivot-is-held");
        stage.define(variant);
        Place.Begun begun = stage.begin(variant.name(), FILE.length, AS_IT_IS);
        assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        assertThat(stage.awaitState(begun, "HELD").path("held_reason").asString("")).contains("public_path is missing");
        Calls.Answer cancelled = stage.calls().post("/api/sagas/" + begun.sagaId() + "/cancel", Map.of("reason", "a test"));
        assertThat(cancelled.status()).as(cancelled.toString()).isEqualTo(200);
        return begun;
    }
}
