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

    private static final String RESOURCES = "/org/bytedeco/ffmpeg/linux-x86_64/";
    private static final List<String> FILES = List.of(
            "ffmpeg", "ffprobe", "libavcodec.so.62", "libavdevice.so.62", "libavfilter.so.11", "libavformat.so.62",
            "libavutil.so.60", "libswresample.so.6", "libswscale.so.9", "libdrm.so.2", "libva-drm.so.2", "libva.so.2");
    private static final List<String> STUBS = List.of("libxcb.so.1", "libxcb-shm.so.0", "libasound.so.2", "libpulse.so.0");

    private BundledFFmpeg() {}

    /** The folder with the unpacked programs and libraries. */
    static Path unpack(Path cache) throws IOException {
        if (!"amd64".equals(System.getProperty("os.arch")) || !System.getProperty("os.name").startsWith("Linux")) {
            throw new IOException("The bundled FFmpeg is for Linux on x86-64, this is " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch") + ": install FFmpeg and set mediasaga.processing.ffmpeg.path to its executable");
        }
        Map<String, Long> sums = sums();
        Path target = cache.toAbsolutePath().resolve("ffmpeg-" + name(sums));
        if (!intact(target, sums)) {
            Files.createDirectories(cache);
            Path fresh = Files.createDirectory(cache.toAbsolutePath().resolve("unpacking-" + UUID.randomUUID()));
            try {
                write(fresh);
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

    private static void write(Path folder) throws IOException {
        for (String file : FILES) {
            try (InputStream in = resource(file)) {
                Files.copy(in, folder.resolve(file));
            }
        }
        for (String stub : STUBS) {
            Files.write(folder.resolve(stub), StubLibrary.named(stub));
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

    private static Map<String, Long> sums() throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        for (String file : FILES) {
            sums.put(file, sum(resource(file)));
        }
        for (String stub : STUBS) {
            CRC32 sum = new CRC32();
            sum.update(StubLibrary.named(stub));
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

    private static InputStream resource(String file) throws IOException {
        InputStream in = BundledFFmpeg.class.getResourceAsStream(RESOURCES + file);
        if (in == null) {
            throw new IOException("The classpath has no " + RESOURCES + file
                    + ": add org.bytedeco:ffmpeg for linux-x86_64 or set mediasaga.processing.ffmpeg.path to an installed FFmpeg");
        }
        return in;
    }
}
