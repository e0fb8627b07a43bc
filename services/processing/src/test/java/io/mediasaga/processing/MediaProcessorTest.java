package io.mediasaga.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.processing.ProcessingProperties.Cleanup;
import io.mediasaga.processing.ProcessingProperties.FFmpegSettings;
import io.mediasaga.processing.ProcessingProperties.Limits;
import io.mediasaga.processing.ffmpeg.FFmpeg;
import io.mediasaga.processing.ffmpeg.HlsEncoder;
import io.mediasaga.processing.ffmpeg.MediaRefusedException;
import io.mediasaga.processing.ffmpeg.PosterMaker;
import io.mediasaga.processing.ffmpeg.Prober;
import io.mediasaga.processing.ffmpeg.Stop;
import io.mediasaga.processing.ffmpeg.StoppedException;
import io.mediasaga.processing.ffmpeg.TestMedia;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.MediaStores;
import io.mediasaga.storage.ObjectNotFoundException;
import io.mediasaga.storage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.unit.DataSize;

class MediaProcessorTest {

    @TempDir
    private Path temp;

    private MediaStore store;
    private WorkFolders folders;
    private MediaProcessor processor;
    private final List<String> reports = new ArrayList<>();

    @BeforeEach
    void processor() throws IOException {
        store = MediaStores.inFolder(temp.resolve("store"));
        folders = WorkFolders.open(temp.resolve("work"));
        FFmpeg ffmpeg = TestMedia.ffmpeg();
        var properties = new ProcessingProperties(temp, 1, new FFmpegSettings(null, null, "libopenh264"), new Limits(
                Duration.ofMinutes(5), 1920 * 1200, 8, Duration.ofMinutes(10), Duration.ofMinutes(3),
                DataSize.ofMegabytes(200), DataSize.ofGigabytes(4), 2), new Cleanup(Duration.ofSeconds(1), Duration.ofMinutes(1),
                Duration.ofDays(1)));
        var limits = properties.limits().toMediaLimits();
        processor = new MediaProcessor(
                store,
                folders,
                new Plan(new Prober(ffmpeg, limits)),
                new HlsEncoder(ffmpeg, limits, "libopenh264"),
                new PosterMaker(ffmpeg, limits),
                new Slots(properties));
    }

    @AfterEach
    void nothingIsLeftInTheWorkingFolder() throws IOException {
        try (Stream<Path> left = Files.walk(temp.resolve("work"))) {
            assertThat(left.filter(Files::isRegularFile).map(p -> p.getFileName().toString())).containsOnly("lock");
        }
        folders.close();
    }

    @Test
    void aVideoBecomesHls() throws Exception {
        Path clip = TestMedia.video(temp.resolve("clip.mp4"), 640, 360, 5);

        ProcessingResult result = process(clip, "Ferien: am Meer.mp4", "video/mp4", Profile.AUTO, "saga/../1");

        assertThat(result.profile()).isEqualTo("hls");
        assertThat(result.note()).isNull();
        assertThat(result.entry()).isEqualTo("master.m3u8");
        assertThat(result.poster()).isEqualTo("poster.jpg");
        assertThat(result.renditions()).containsExactly("360p", "240p");
        assertThat(result.width()).isEqualTo(640);
        assertThat(result.height()).isEqualTo(360);
        assertThat(result.durationMs()).isBetween(4900L, 5200L);
        List<StoredObject> stored = store.list(MediaKey.parse(result.outputUri()));
        assertThat(stored.stream().mapToLong(StoredObject::size).sum()).isEqualTo(result.outputBytes());
        assertThat(stored).extracting(o -> o.key().name()).contains("master.m3u8", "poster.jpg", "index.m3u8", "00001.m4s");
        assertThat(reports).startsWith("PROBING 0", "CONVERTING 5").endsWith("STORING 95");
    }

    @Test
    void passthroughKeepsEveryByte() throws Exception {
        Path file = Files.writeString(temp.resolve("x"), "anything at all");

        ProcessingResult result = process(file, "../../etc/Ünï cödé <b>.HTML", "text/html", Profile.PASSTHROUGH, "s1");

        assertThat(result.profile()).isEqualTo("passthrough");
        assertThat(result.note()).isEqualTo("Published as uploaded, because the passthrough profile was asked for.");
        assertThat(result.entry()).isEqualTo("Uni-code-b.html");
        assertThat(result.outputBytes()).isEqualTo(15);
        assertThat(store.open(MediaKey.parse(result.outputUri())).readAllBytes()).isEqualTo(Files.readAllBytes(file));
        assertThat(store.list(MediaKey.of("processed"))).as("copies").isEmpty();
    }

    @Test
    void aPictureIsKeptAndGetsAPoster() throws Exception {
        Path picture = TestMedia.picture(temp.resolve("p.png"), 1600, 900);

        ProcessingResult result = process(picture, "p.png", "image/png", Profile.AUTO, "s1");

        assertThat(result.profile()).isEqualTo("passthrough");
        assertThat(result.note()).contains("pictures are not converted");
        assertThat(result.entry()).isEqualTo("p.png");
        assertThat(result.poster()).isEqualTo("poster.jpg");
        assertThat(result.width()).isEqualTo(1600);
    }

    @Test
    void aDocumentIsKept() throws Exception {
        Path file = Files.writeString(temp.resolve("x"), "%PDF-1.7 …");

        ProcessingResult result = process(file, "report.pdf", "application/pdf", Profile.AUTO, "s1");

        assertThat(result.note()).contains("neither video nor sound");
        assertThat(result.entry()).isEqualTo("report.pdf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "hello, I am text              | a.mp4 | video/mp4                | auto | CORRUPT_MEDIA",
        "hello, I am text              | a.mp4 | application/octet-stream | auto | CORRUPT_MEDIA",
        "hello, I am text              | a.mp4 | video/mp4                | hls  | CORRUPT_MEDIA",
        "hello, I am text              | a.txt | text/plain               | hls  | NOT_MEDIA",
        "#EXTM3U /etc/passwd           | a.mp4 | video/mp4                | auto | NOT_MEDIA",
        "ffconcat version 1.0          | a.txt | text/plain               | auto | NOT_MEDIA",
        "RIFF0000WAVE                  | a.bin | application/octet-stream | auto | CORRUPT_MEDIA",
        "''                            | a.mp4 | video/mp4                | auto | EMPTY_FILE",
        "''                            | a.mp4 | video/mp4                | passthrough | EMPTY_FILE"
    })
    void whatCannotBeMadeIsRefusedAndLeavesNothing(String content, String name, String type, String profile, String code)
            throws Exception {
        Path file = Files.writeString(temp.resolve("x"), content.strip());

        assertThatThrownBy(() -> process(file, name, type, Profile.named(profile).orElseThrow(), "s1"))
                .isInstanceOfSatisfying(MediaRefusedException.class, e -> {
                    assertThat(e.code()).hasToString(code);
                    assertThat(e.getMessage()).endsWith(".").doesNotContain(temp.toString());
                });
        assertThat(store.list(MediaKey.of("processed"))).isEmpty();
    }

    @Test
    void aPictureCannotBecomeHls() throws Exception {
        Path picture = TestMedia.picture(temp.resolve("p.jpg"), 64, 64);

        assertThatThrownBy(() -> process(picture, "p.jpg", "image/jpeg", Profile.HLS, "s1"))
                .isInstanceOf(MediaRefusedException.class)
                .hasMessageContaining("picture");
    }

    @Test
    void aFileThatIsGoneIsSaidToBeGone() {
        MediaJob job = job("s1", "a.mp4", "video/mp4", Profile.AUTO);

        assertThatThrownBy(() -> processor.process(job, Stop.NEVER, (stage, percent) -> {}))
                .isInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    void whoeverIsStoppedHandsOverNothing() throws Exception {
        store.write(MediaKey.of("uploads/s1"), Files.writeString(temp.resolve("x"), "content"));
        Stop stopped = new Stop() {
            @Override
            public boolean stopped() {
                return true;
            }

            @Override
            public void onStop(Runnable action) {
                action.run();
            }
        };

        assertThatThrownBy(() -> processor.process(job("s1", "a.txt", "", Profile.PASSTHROUGH), stopped, (stage, percent) -> {}))
                .isInstanceOf(StoppedException.class);
        assertThat(store.list(MediaKey.of("processed"))).isEmpty();
    }

    private ProcessingResult process(Path file, String name, String type, Profile profile, String saga) throws Exception {
        store.write(MediaKey.of("uploads/s1"), file);
        return processor.process(
                job(saga, name, type, profile), Stop.NEVER, (stage, percent) -> reports.add(stage + " " + percent));
    }

    private static MediaJob job(String saga, String name, String type, Profile profile) {
        return new ProcessingStart("a1", "store:uploads/s1", name, type, profile.text()).job(saga, 1, profile);
    }
}
