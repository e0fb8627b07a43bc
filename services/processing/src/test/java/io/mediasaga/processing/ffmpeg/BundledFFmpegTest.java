package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFFmpegTest {

    @TempDir
    private Path cache;

    @Test
    void unpackedOnceByAllWhoRace() throws Exception {
        Set<Path> folders = new HashSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Path>> races = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                races.add(() -> BundledFFmpeg.unpack(cache));
            }
            for (Future<Path> folder : threads.invokeAll(races)) {
                folders.add(folder.get());
            }
        }

        assertThat(folders).hasSize(1);
        assertThat(contents(cache)).containsExactlyElementsOf(folders);
    }

    @Test
    void aDamagedCopyIsReplaced() throws Exception {
        Path folder = BundledFFmpeg.unpack(cache);
        Files.writeString(folder.resolve("libavcodec.so.62"), "damaged");

        assertThat(BundledFFmpeg.unpack(cache)).isEqualTo(folder);
        assertThat(Files.size(folder.resolve("libavcodec.so.62"))).isGreaterThan(1_000_000);
        assertThat(contents(cache)).containsExactly(folder);
    }

    @Test
    void needsNoLibrariesOfTheDesktop() throws Exception {
        FFmpeg ffmpeg = FFmpeg.bundled(cache);
        List<String> loaded = new ArrayList<>();
        ProcessBuilder builder = ffmpeg.ffmpeg(List.of("-hide_banner", "-encoders"), cache, TestMedia.LIMITS);
        builder.environment().put("LD_DEBUG", "libs");
        builder.environment().put("LD_DEBUG_OUTPUT", cache.resolve("loader").toString());

        Child.Result result = Child.run(builder, Duration.ofMinutes(3), Stop.NEVER, loaded::add, () -> false);

        assertThat(result.succeeded()).as(result.errors()).isTrue();
        assertThat(loaded).anyMatch(line -> line.contains("libopenh264")).anyMatch(line -> line.contains(" aac "));
        String used = loaderOutput();
        assertThat(used).contains("calling init: ").doesNotContain("calling init: /usr/lib/x86_64-linux-gnu/libX11")
                .doesNotContainPattern("calling init: /(usr/)?lib/.*(libpulse|libxcb|libasound)");
    }

    @Test
    void anInstalledFFmpegHasToBeThere() {
        assertThatThrownBy(() -> FFmpeg.installed(cache.resolve("ffmpeg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mediasaga.processing.ffmpeg.path");
    }

    private String loaderOutput() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.list(cache)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("loader")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
