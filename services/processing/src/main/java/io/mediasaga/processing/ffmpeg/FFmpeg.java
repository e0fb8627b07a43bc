package io.mediasaga.processing.ffmpeg;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the FFmpeg programs are, and how they are started. Immutable. */
public final class FFmpeg {

    private static final List<String> OUT_OF_MEMORY = List.of(
            "Cannot allocate memory", "Resource temporarily unavailable", "RequestMemorySvc failed", "std::bad_alloc",
            "Error while opening encoder");

    private final Path ffmpeg;
    private final Path ffprobe;
    private final @Nullable Path libraries;
    private final Confinement confinement;

    private FFmpeg(Path ffmpeg, Path ffprobe, @Nullable Path libraries) throws IOException {
        this.ffmpeg = ffmpeg;
        this.ffprobe = ffprobe;
        this.libraries = libraries;
        this.confinement = Confinement.find();
    }

    /**
     * The FFmpeg that comes with the service, unpacked once into the folder.
     *
     * @throws IOException when this is not Linux on x86-64, or the folder cannot be written to
     */
    public static FFmpeg bundled(Path cache) throws IOException {
        Path folder = BundledFFmpeg.unpack(cache);
        return new FFmpeg(folder.resolve("ffmpeg"), folder.resolve("ffprobe"), folder);
    }

    /**
     * An FFmpeg that is installed, with {@code ffprobe} beside it. It needs the encoders libopenh264 or libx264, and aac.
     *
     * @throws IOException when one of the two is no executable file
     */
    public static FFmpeg installed(Path ffmpeg) throws IOException {
        Path ffprobe = ffmpeg.toAbsolutePath().resolveSibling("ffprobe");
        for (Path program : List.of(ffmpeg, ffprobe)) {
            if (!Files.isExecutable(program)) {
                throw new IOException(program + " is no executable file: set mediasaga.processing.ffmpeg.path to the ffmpeg "
                        + "executable, with ffprobe in the same folder, or leave it out to use the bundled one");
            }
        }
        return new FFmpeg(ffmpeg.toAbsolutePath(), ffprobe, null);
    }

    /** The folder where the bundled FFmpeg is unpacked unless another one is configured: in the user's cache. */
    public static Path defaultCache() {
        String configured = System.getenv("XDG_CACHE_HOME");
        Path cache = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return cache.resolve("mediasaga");
    }

    /** {@code ffmpeg} with the arguments, in the working folder. */
    ProcessBuilder ffmpeg(List<String> arguments, Path folder, MediaLimits limits) {
        return program(ffmpeg, arguments, folder, limits, limits.time());
    }

    /** {@code ffprobe} with the arguments, in the working folder. */
    ProcessBuilder ffprobe(List<String> arguments, Path folder, MediaLimits limits) {
        return program(ffprobe, arguments, folder, limits, limits.probeTime());
    }

    /** Whether a program failed because it got no more memory. */
    static boolean outOfMemory(Child.Result result) {
        return result.exitCode() != 0
                && OUT_OF_MEMORY.stream().anyMatch(result.errors()::contains);
    }

    /**
     * Tells a program that could not run from one that did not like its input.
     *
     * @throws IOException when it could not run, or there is no room on the disk
     */
    static void checkStarted(Child.Result result) throws IOException {
        String errors = result.errors();
        boolean notStarted = result.exitCode() == 126 || result.exitCode() == 127
                || errors.contains("error while loading shared libraries") || errors.contains("prlimit: ")
                || errors.contains("setpriv: ");
        if (notStarted) {
            throw new IOException("FFmpeg cannot be started: " + Complaint.of(errors));
        }
        if (WorkRoom.isAboutRoom(errors)) {
            throw WorkRoom.full(null);
        }
        if (errors.contains("Unknown encoder") || errors.contains("Option not found")) {
            throw new IOException("This FFmpeg lacks something that is needed: " + Complaint.of(errors));
        }
    }

    private ProcessBuilder program(Path program, List<String> arguments, Path folder, MediaLimits limits, Duration time) {
        List<String> command = new ArrayList<>(confinement.prefix(limits, time));
        command.add(program.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("LC_ALL", "C");
        environment.put("MALLOC_ARENA_MAX", "2"); // an arena for each of its many threads would waste memory
        environment.put("HOME", folder.toAbsolutePath().toString());
        if (libraries != null) {
            environment.put("LD_LIBRARY_PATH", libraries.toString());
        }
        return builder;
    }

    @Override
    public String toString() {
        return ffmpeg.toString();
    }
}
