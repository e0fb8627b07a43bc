package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the bundled FFmpeg consists of on one kind of machine.
 *
 * @param name the folder that it is in on the classpath
 * @param machine the machine's number in ELF headers
 * @param files the programs and libraries
 * @param stubs libraries that these name and never use
 */
record FFmpegBuild(String name, short machine, List<String> files, List<String> stubs) {

    private static final List<String> OWN = List.of(
            "ffmpeg", "ffprobe", "libavcodec.so.62", "libavdevice.so.62", "libavfilter.so.11", "libavformat.so.62",
            "libavutil.so.60", "libswresample.so.6", "libswscale.so.9");
    private static final List<String> DESKTOP = List.of("libxcb.so.1", "libxcb-shm.so.0", "libpulse.so.0");
    private static final List<String> GRAPHICS = List.of("libdrm.so.2", "libva-drm.so.2", "libva.so.2");

    static final FFmpegBuild X86_64 =
            new FFmpegBuild("linux-x86_64", (short) 62, join(OWN, GRAPHICS), join(DESKTOP, List.of("libasound.so.2")));
    static final FFmpegBuild ARM64 = new FFmpegBuild(
            "linux-arm64", (short) 183,
            join(OWN, List.of("libasound.so.2", "libbcm_host.so", "libvchiq_arm.so", "libvcos.so")),
            join(DESKTOP, GRAPHICS));

    /** That of this machine. */
    static FFmpegBuild here() throws IOException {
        String system = System.getProperty("os.name");
        String processor = System.getProperty("os.arch");
        if (system.startsWith("Linux") && processor.equals("amd64")) {
            return X86_64;
        }
        if (system.startsWith("Linux") && processor.equals("aarch64")) {
            return ARM64;
        }
        throw new IOException("The bundled FFmpeg is for Linux on x86-64 and arm64, this is " + system + " on " + processor
                + ": install FFmpeg and set mediasaga.processing.ffmpeg.path to its executable");
    }

    private static List<String> join(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
