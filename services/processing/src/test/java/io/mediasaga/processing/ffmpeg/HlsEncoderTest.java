package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.ffmpeg.MediaRefusedException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HlsEncoderTest {

    @TempDir
    private Path temp;

    private final FFmpeg ffmpeg = TestMedia.ffmpeg();

    @Test
    void renditionsUpToTheSourceWithAlignedKeyFrames() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mp4"), 640, 480, 9));
        List<Double> progress = Collections.synchronizedList(new ArrayList<>());

        HlsEncoder.Hls hls = encode(folder, TestMedia.LIMITS, progress);

        assertThat(hls.renditions()).extracting(Rendition::name).containsExactly("480p", "360p", "240p");
        assertThat(hls.duration()).isBetween(Duration.ofMillis(8900), Duration.ofMillis(9200));
        assertThat(progress).isSorted().last().isEqualTo(1.0);
        String master = Files.readString(hls.folder().resolve("master.m3u8"));
        assertThat(master).contains("RESOLUTION=640x480", "RESOLUTION=320x240", "CODECS=\"avc1.64", "mp4a.40.2", "AUDIO=\"audio\"");
        List<List<String>> keyFrames = new ArrayList<>();
        for (Rendition rendition : hls.renditions()) {
            Path playlist = hls.folder().resolve(rendition.name()).resolve("index.m3u8");
            assertThat(Files.readString(playlist)).contains("#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-ENDLIST");
            MediaPlaylist read = MediaPlaylist.read(playlist.getParent());
            assertThat(read.segments()).extracting(MediaPlaylist.Segment::seconds).containsExactly(4.0, 4.0, 1.0);
            assertThat(TestMedia.probe(playlist, "-show_entries", "stream=codec_name,width,height"))
                    .contains("h264," + rendition.width() + "," + rendition.height());
            keyFrames.add(TestMedia.probe(
                    playlist, "-select_streams", "v", "-skip_frame", "nokey", "-show_entries", "frame=pts_time"));
        }
        assertThat(keyFrames.getFirst()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(keyFrames).allSatisfy(times -> assertThat(times).containsAll(keyFrames.getFirst()));
        assertThat(TestMedia.probe(hls.folder().resolve("audio/index.m3u8"), "-show_entries", "stream=codec_name,channels"))
                .contains("aac,2");
        assertThat(TestMedia.probe(hls.folder().resolve("master.m3u8"), "-show_entries", "format=duration").getFirst())
                .startsWith("9.");
    }

    @Test
    void aTurnedPictureKeepsItsShape() throws Exception {
        Path straight = TestMedia.video(temp.resolve("a.mp4"), 320, 240, 1);
        Path turned = TestMedia.run(temp.resolve("b.mp4"), "-display_rotation", "90", "-i", straight.toString(), "-c", "copy");

        MediaInfo info = new Prober(ffmpeg, TestMedia.LIMITS).media(TestMedia.working(temp, turned), Stop.NEVER);

        assertThat(info.video()).isNotNull();
        assertThat(info.video().width()).isEqualTo(240);
        assertThat(info.video().height()).isEqualTo(320);
    }

    @Test
    void soundAloneBecomesSoundAlone() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.sound(temp.resolve("a.mp3"), 6));

        HlsEncoder.Hls hls = encode(folder, TestMedia.LIMITS, new ArrayList<>());

        assertThat(hls.renditions()).isEmpty();
        assertThat(Files.readString(hls.folder().resolve("master.m3u8"))).contains("CODECS=\"mp4a.40.2\"", "audio/index.m3u8");
        MediaInfo info = new Prober(ffmpeg, TestMedia.LIMITS).media(folder, Stop.NEVER);
        assertThat(new PosterMaker(ffmpeg, TestMedia.LIMITS).media(folder, info, hls.folder(), Stop.NEVER)).contains("poster.jpg");
    }

    @Test
    void aPosterIsAJpegOfAFittingSize() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mkv"), 1600, 900, 2));
        MediaInfo info = new Prober(ffmpeg, TestMedia.LIMITS).media(folder, Stop.NEVER);

        assertThat(new PosterMaker(ffmpeg, TestMedia.LIMITS).media(folder, info, temp, Stop.NEVER)).contains("poster.jpg");
        assertThat(TestMedia.probe(temp.resolve("poster.jpg"), "-show_entries", "stream=codec_name,width,height"))
                .containsExactly("mjpeg,1280,720");
    }

    @Test
    void stoppingKillsFFmpegAndItsChildren() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mp4"), 1280, 720, 20));
        ManualStop stop = new ManualStop();
        MediaInfo info = new Prober(ffmpeg, TestMedia.LIMITS).media(folder, stop);

        assertThatThrownBy(() -> new HlsEncoder(ffmpeg, TestMedia.LIMITS, "libopenh264").encode(folder, info, stop, done -> {
                    if (done > 0) {
                        assertThat(ffmpegsIn(folder)).isNotEmpty();
                        stop.stop();
                    }
                }))
                .isInstanceOf(StoppedException.class);
        await().until(() -> ffmpegsIn(folder).isEmpty()); // the kernel takes its time to end what was killed
    }

    @Test
    void aKilledServiceLeavesNoFFmpegBehind() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mp4"), 1280, 720, 25));
        Process service = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(), "-cp", System.getProperty("java.class.path"),
                        Encoding.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("log").toFile())
                .start();
        await().until(() -> Files.exists(folder.resolve("out/720p")) && !ffmpegsIn(folder).isEmpty());
        List<ProcessHandle> ffmpegs = ffmpegsIn(folder);

        service.destroyForcibly().waitFor();

        await().until(() -> ffmpegs.stream().noneMatch(ProcessHandle::isAlive));
    }

    /** A service of its own that encodes what is in the folder. */
    static final class Encoding {
        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            MediaInfo info = new Prober(TestMedia.ffmpeg(), TestMedia.LIMITS).media(folder, Stop.NEVER);
            new HlsEncoder(TestMedia.ffmpeg(), TestMedia.LIMITS, "libopenh264").encode(folder, info, Stop.NEVER, done -> {});
        }
    }

    @Test
    void timeIsLimited() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mp4"), 1280, 720, 20));

        assertRefused(folder, limits(Duration.ofMillis(700), 200_000_000), Code.PROCESSING_LIMIT);
        await().until(() -> ffmpegsIn(folder).isEmpty()); // the kernel takes its time to end what was killed
    }

    @Test
    void outputIsLimited() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mp4"), 640, 480, 20));

        assertRefused(folder, limits(Duration.ofMinutes(2), 300_000), Code.PROCESSING_LIMIT);
    }

    @Test
    void memoryIsLimited() throws Exception {
        Path folder = TestMedia.working(temp, TestMedia.video(temp.resolve("a.mp4"), 1920, 1080, 2));
        MediaLimits all = TestMedia.LIMITS;

        assertRefused(
                folder,
                new MediaLimits(all.duration(), all.pixels(), 8, all.time(), all.probeTime(), all.outputBytes(), 150_000_000, 2),
                Code.PROCESSING_LIMIT);
    }

    private HlsEncoder.Hls encode(Path folder, MediaLimits limits, List<Double> progress) throws Exception {
        MediaInfo info = new Prober(ffmpeg, limits).media(folder, Stop.NEVER);
        return new HlsEncoder(ffmpeg, limits, "libopenh264").encode(folder, info, Stop.NEVER, progress::add);
    }

    private void assertRefused(Path folder, MediaLimits limits, Code code) {
        assertThatThrownBy(() -> encode(folder, limits, new ArrayList<>()))
                .isInstanceOfSatisfying(MediaRefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static MediaLimits limits(Duration time, long bytes) {
        MediaLimits limits = TestMedia.LIMITS;
        return new MediaLimits(
                limits.duration(), limits.pixels(), limits.streams(), time, limits.probeTime(), bytes, limits.memoryBytes(), 2);
    }

    /** Processes that work in the folder. */
    private static List<ProcessHandle> ffmpegsIn(Path folder) {
        try (Stream<ProcessHandle> children = ProcessHandle.current().descendants()) {
            return children.filter(child -> worksIn(child, folder)).toList();
        }
    }

    private static boolean worksIn(ProcessHandle child, Path folder) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(child.pid()), "cwd")).equals(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private static final class ManualStop implements Stop {
        private final List<Runnable> actions = new CopyOnWriteArrayList<>();
        private volatile boolean stopped;

        @Override
        public boolean stopped() {
            return stopped;
        }

        @Override
        public void onStop(Runnable action) {
            actions.add(action);
        }

        void stop() {
            stopped = true;
            actions.forEach(Runnable::run);
        }
    }
}
