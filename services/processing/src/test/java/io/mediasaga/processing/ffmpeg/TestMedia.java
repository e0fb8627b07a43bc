package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes media for tests with the bundled FFmpeg. */
public final class TestMedia {

    public static final MediaLimits LIMITS = new MediaLimits(
            Duration.ofMinutes(5), 1920L * 1200, 8, Duration.ofMinutes(10), Duration.ofMinutes(3), 200_000_000, 4L << 30, 2);

    private TestMedia() {}

    /** One unpacked copy for all tests of the module. */
    public static FFmpeg ffmpeg() {
        try {
            return FFmpeg.bundled(Path.of("target", "ffmpeg-cache"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A video with sound as {@code file}; the name's ending is the format. */
    public static Path video(Path file, int width, int height, double seconds) {
        return run(file, "-filter_complex",
                "testsrc2=s=" + width + "x" + height + ":r=25:d=" + seconds + "[v];sine=f=440:d=" + seconds + "[a]",
                "-map", "[v]", "-map", "[a]", "-c:v", "libopenh264", "-b:v", "2M", "-pix_fmt", "yuv420p", "-c:a", "aac",
                "-movflags", "+faststart");
    }

    /** Sound alone. */
    public static Path sound(Path file, double seconds) {
        return run(file, "-filter_complex", "sine=f=440:d=" + seconds + "[a]", "-map", "[a]");
    }

    /** A picture. */
    public static Path picture(Path file, int width, int height) {
        return run(file, "-filter_complex", "testsrc2=s=" + width + "x" + height + ":d=1[v]", "-map", "[v]", "-frames:v", "1",
                "-update", "1");
    }

    /** Anything else that FFmpeg can write. */
    public static Path run(Path file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-v", "error", "-y"));
        all.addAll(List.of(arguments));
        all.add("file:" + file.toAbsolutePath());
        try {
            Child.Result result = Child.run(ffmpeg().ffmpeg(all, file.toAbsolutePath().getParent(), LIMITS), Duration.ofMinutes(5),
                    Stop.NEVER, line -> {}, () -> false);
            assertThat(result.succeeded()).as(result.errors()).isTrue();
            return file;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What ffprobe prints for the file. */
    public static List<String> probe(Path file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-v", "error", "-of", "csv=p=0"));
        all.addAll(List.of(arguments));
        all.add(file.toAbsolutePath().toString());
        List<String> lines = new ArrayList<>();
        try {
            Child.Result result = Child.run(ffmpeg().ffprobe(all, file.toAbsolutePath().getParent(), LIMITS), Duration.ofMinutes(5),
                    Stop.NEVER, lines::add, () -> false);
            assertThat(result.errors() + result.exitCode()).isEqualTo("0");
            return lines;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a filter prints on its way through the file. */
    public static List<String> print(Path file, String filter, String... output) {
        List<String> all = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-v", "error", "-i", file.toAbsolutePath().toString()));
        all.addAll(List.of("-map", "0:v:0", "-vf", filter));
        all.addAll(List.of(output));
        all.addAll(List.of("-f", "null", "-"));
        List<String> lines = new ArrayList<>();
        try {
            Child.Result result = Child.run(ffmpeg().ffmpeg(all, file.toAbsolutePath().getParent(), LIMITS), Duration.ofMinutes(2),
                    Stop.NEVER, lines::add, () -> false);
            assertThat(result.succeeded()).as(result.errors()).isTrue();
            return lines;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A working folder with the file as its source. */
    public static Path working(Path parent, Path source) throws IOException {
        Path folder = Files.createTempDirectory(parent, "work-");
        Files.createSymbolicLink(folder.resolve("source"), source.toAbsolutePath());
        return folder;
    }
}
