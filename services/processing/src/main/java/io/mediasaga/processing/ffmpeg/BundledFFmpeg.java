package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * Puts the FFmpeg that comes with the service into a cache folder, once for all processes.
 *
 * <p>A copy is unpacked beside its place and moved there in one step, so no one sees half of it; of processes that race, one wins
 * and the others take its copy. A copy is checked against what is on the classpath before it is used, and replaced when it
 * differs.
 */
final class BundledFFmpeg {

    private BundledFFmpeg() {}

    /** The folder with the unpacked programs and libraries. */
    static Path unpack(Path cache) throws IOException {
        FFmpegBuild build = FFmpegBuild.here();
        Map<String, Long> sums = sums(build);
        Path target = cache.toAbsolutePath().resolve("ffmpeg-" + name(sums));
        if (!intact(target, sums)) {
            Files.createDirectories(cache);
            Path fresh = Files.createDirectory(cache.toAbsolutePath().resolve("unpacking-" + UUID.randomUUID()));
            try {
                write(build, fresh);
                install(fresh, target, sums);
            } finally {
                Folders.delete(fresh);
            }
        }
        return target;
    }

    private static void install(Path fresh, Path target, Map<String, Long> sums) throws IOException {
        for (int tries = 0; tries < 5; tries++) {
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                if (!Files.isDirectory(target)) {
                    throw e;
                }
                if (intact(target, sums)) {
                    return;
                }
                Path broken = target.resolveSibling("broken-" + UUID.randomUUID());
                Files.move(target, broken, StandardCopyOption.ATOMIC_MOVE);
                Folders.delete(broken);
            }
        }
        throw new IOException("Cannot put FFmpeg into " + target + ": something else keeps writing there");
    }

    private static void write(FFmpegBuild build, Path folder) throws IOException {
        for (String file : build.files()) {
            try (InputStream in = resource(build, file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
        for (String stub : build.stubs()) {
            Files.write(folder.resolve(stub), StubLibrary.named(stub, build.machine()));
        }
        for (String program : List.of("ffmpeg", "ffprobe")) {
            Files.setPosixFilePermissions(folder.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static boolean intact(Path folder, Map<String, Long> sums) throws IOException {
        if (!Files.isExecutable(folder.resolve("ffmpeg")) || !Files.isExecutable(folder.resolve("ffprobe"))) {
            return false;
        }
        for (Map.Entry<String, Long> file : sums.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path) || sum(Files.newInputStream(path)) != file.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static Map<String, Long> sums(FFmpegBuild build) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        for (String file : build.files()) {
            sums.put(file, sum(resource(build, file)));
        }
        for (String stub : build.stubs()) {
            CRC32 sum = new CRC32();
            sum.update(StubLibrary.named(stub, build.machine()));
            sums.put(stub, sum.getValue());
        }
        return sums;
    }

    private static long sum(InputStream content) throws IOException {
        CheckedInputStream in = new CheckedInputStream(content, new CRC32());
        try (in) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return in.getChecksum().getValue();
    }

    /** Names the content, so that versions lie beside each other. */
    private static String name(Map<String, Long> sums) {
        CRC32 all = new CRC32();
        sums.forEach((file, sum) -> all.update((file + sum).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().toHexDigits((int) all.getValue()).toLowerCase(Locale.ROOT);
    }

    private static InputStream resource(FFmpegBuild build, String file) throws IOException {
        String name = "/org/bytedeco/ffmpeg/" + build.name() + "/" + file;
        InputStream in = BundledFFmpeg.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("The classpath has no " + name + ": add org.bytedeco:ffmpeg for " + build.name()
                    + " or set mediasaga.processing.ffmpeg.path to an installed FFmpeg");
        }
        return in;
    }
}
