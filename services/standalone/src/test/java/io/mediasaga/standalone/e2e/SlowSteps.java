package io.mediasaga.standalone.e2e;

import static io.mediasaga.standalone.e2e.Case.undone;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.processing.SampleClip;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Each step is not answered in time. Mostly its participant is away, as if its process were gone, while the saga sends the
 * command, sends it again, and turns back; then it comes back and finds commands and compensation, in whatever order.
 */
final class SlowSteps {

    private static final byte[] FILE = "something to publish as it is".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");
    private static final String AT_ONCE = "700ms";

    private SlowSteps() {}

    static Stream<Case> all() {
        return Stream.of(
                undone("CreateAsset", "times out, media comes back late", stage -> away(stage, "CreateAsset")),
                undone("ReserveQuota", "times out, quota comes back late", stage -> away(stage, "ReserveQuota")),
                undone("ReserveQuota", "times out, quota comes back when the saga has given up and is held", SlowSteps::awayForLong),
                undone("PrepareIngest", "times out, ingest comes back late", stage -> away(stage, "PrepareIngest")),
                undone("WaitFileUploaded", "times out: nobody uploads", stage -> begin(stage, "WaitFileUploaded")),
                undone("WaitFileUploaded", "times out half-way through the upload", SlowSteps::halfUploaded),
                undone("ProcessMedia", "times out, processing comes back late", stage -> awayAfterUpload(stage, "ProcessMedia")),
                undone("ProcessMedia", "times out while FFmpeg works", SlowSteps::longConversion),
                undone("Publish", "times out, publish comes back late", stage -> awayAfterUpload(stage, "Publish")),
                new Case("MarkPublished", "times out, is held, and media comes back late", "COMPLETED", SlowSteps::pivot));
    }

    private static Variant impatient(Stage stage, String step) throws Exception {
        Variant variant = Variant.named("slow-" + step.toLowerCase(Locale.ROOT)).impatient(step, AT_ONCE);
        stage.define(variant);
        return variant;
    }

    private static Place.Begun begin(Stage stage, String step) throws Exception {
        return stage.begin(impatient(stage, step).name(), FILE.length, AS_IT_IS);
    }

    private static Place.Begun away(Stage stage, String step) throws Exception {
        Variant variant = impatient(stage, step);
        stage.away(variant.participant(step));
        try {
            Place.Begun begun = stage.begin(variant.name(), FILE.length, AS_IT_IS);
            stage.awaitState(begun, "COMPENSATING");
            return begun;
        } finally {
            stage.back(variant.participant(step));
        }
    }

    private static Place.Begun awayForLong(Stage stage) throws Exception {
        Variant variant = Variant.named("slow-to-the-end")
                .impatient("ReserveQuota", AT_ONCE)
                .impatientCompensation("ReserveQuota", AT_ONCE);
        stage.define(variant);
        stage.away("quota");
        try {
            Place.Begun begun = stage.begin(variant.name(), FILE.length, AS_IT_IS);
            stage.awaitState(begun, "HELD");
            return begun;
        } finally {
            stage.back("quota");
        }
    }

    private static Place.Begun awayAfterUpload(Stage stage, String step) throws Exception {
        Variant variant = impatient(stage, step);
        Place.Begun begun = stage.begin(variant.name(), FILE.length, AS_IT_IS);
        Place.Ticket ticket = stage.ticket(begun);
        stage.away(variant.participant(step));
        try {
            assertThat(stage.calls().send("PUT", ticket.url() + "/content", BodyPublishers.ofByteArray(FILE), ticket.headers()).status())
                    .isEqualTo(204);
            stage.awaitState(begun, "COMPENSATING");
            return begun;
        } finally {
            stage.back(variant.participant(step));
        }
    }

    /** Half of it has to be there before the time is over: where the machine is too busy for that, there is more time. */
    private static Place.Begun halfUploaded(Stage stage) throws Exception {
        for (String time : List.of("3s", "15s")) {
            Place.Begun begun = begunWithin(stage, time);
            Place.Ticket ticket = stage.ticket(begun);
            if (firstHalf(stage, ticket).status() == 204) {
                return lateSecondHalf(stage, begun, ticket);
            }
            stage.awaitState(begun, "COMPENSATED");
        }
        Place.Begun begun = begunWithin(stage, "1m");
        Place.Ticket ticket = stage.ticket(begun);
        assertThat(firstHalf(stage, ticket).status()).isEqualTo(204);
        return lateSecondHalf(stage, begun, ticket);
    }

    private static Place.Begun begunWithin(Stage stage, String time) throws Exception {
        Variant variant = Variant.named("slow-upload-" + time).impatient("WaitFileUploaded", time);
        stage.define(variant);
        return stage.begin(variant.name(), 2_000_000, AS_IT_IS);
    }

    private static Calls.Answer firstHalf(Stage stage, Place.Ticket ticket) throws Exception {
        return stage.calls().send("PATCH", ticket.url(), BodyPublishers.ofByteArray(new byte[1_000_000]), ticket.patch(0));
    }

    private static Place.Begun lateSecondHalf(Stage stage, Place.Begun begun, Place.Ticket ticket) throws Exception {
        stage.awaitState(begun, "COMPENSATED");
        Calls.Answer late = stage.calls()
                .send("PATCH", ticket.url(), BodyPublishers.ofByteArray(new byte[1_000_000]), ticket.patch(1_000_000));
        assertThat(late.status()).as(late.toString()).isEqualTo(410);
        return begun;
    }

    private static Place.Begun longConversion(Stage stage) throws Exception {
        Path clip = Files.createTempFile("clip", ".mp4");
        try {
            byte[] content = Files.readAllBytes(SampleClip.create(clip, Duration.ofSeconds(8)));
            Place.Begun begun = stage.begin(impatient(stage, "ProcessMedia").name(), content.length, Map.of("profile", "hls"));
            assertThat(stage.upload(begun, content).status()).isEqualTo(204);
            return begun;
        } finally {
            Files.delete(clip);
        }
    }

    private static Place.Begun pivot(Stage stage) throws Exception {
        Variant variant = impatient(stage, "MarkPublished");
        Place.Begun begun = stage.begin(variant.name(), FILE.length, AS_IT_IS);
        Place.Ticket ticket = stage.ticket(begun);
        stage.away("media");
        try {
            assertThat(stage.calls().send("PUT", ticket.url() + "/content", BodyPublishers.ofByteArray(FILE), ticket.headers()).status())
                    .isEqualTo(204);
            stage.awaitState(begun, "HELD");
            return begun;
        } finally {
            stage.back("media");
        }
    }
}
