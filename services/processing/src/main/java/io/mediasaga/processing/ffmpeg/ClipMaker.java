package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Makes videos with sound out of nothing. Thread-safe. */
public final class ClipMaker {

    /** A dive into the Mandelbrot set in changing light, with a bar that shows how far it is; %1$s is the length in seconds. */
    private static final String PICTURE = """
            gradients=s=1280x720:r=30:d=%1$s:c0=0x0b1026:c1=0x1d4ed8:c2=0x7c3aed:c3=0xf97316:n=4:speed=0.015:x0=0:y0=0\
            :x1=1280:y1=720,format=gbrp[light];\
            mandelbrot=s=640x360:r=30:start_scale=2.6:end_scale=0.02:end_pts=%2$d:maxiter=180:inner=black,trim=duration=%1$s,\
            scale=1280:720:flags=bilinear,format=gbrp[set];\
            [light][set]blend=all_mode=screen:all_opacity=0.75,drawbox=x=0:y=ih-14:w=iw:h=14:color=black@0.35:t=fill,\
            format=yuv420p[scene];\
            color=c=0xfbbf24:s=1280x14:r=30:d=%1$s[bar];\
            [scene][bar]overlay=x='-w+w*t/%1$s':y=H-14:shortest=1[v];""";

    /** Two voices that climb in fifths over a drone; %1$s is the length, %2$s where it begins to fade. */
    private static final String SOUND = """
            aevalsrc='0.18*(sin(2*PI*t*(220*pow(2,mod(floor(t*4)*5,12)/12)))*exp(-3*mod(t,0.25))+0.6*sin(2*PI*t*110)\
            +0.3*sin(2*PI*t*165))|0.18*(sin(2*PI*t*(330*pow(2,mod(floor(t*4)*7,12)/12)))*exp(-3*mod(t,0.25))\
            +0.6*sin(2*PI*t*110)+0.3*sin(2*PI*t*165.5))':s=48000:d=%1$s,afade=t=in:d=0.4,afade=t=out:st=%2$s:d=0.7[a]""";

    private final FFmpeg ffmpeg;

    public ClipMaker(FFmpeg ffmpeg) {
        this.ffmpeg = ffmpeg;
    }

    /**
     * Writes a clip as MP4 with H.264 and AAC, 1280 × 720.
     *
     * @return the target
     * @throws IOException when FFmpeg fails; nothing is left behind then
     */
    public Path create(Path target, Duration length) throws IOException {
        Path folder = Files.createTempDirectory(target.toAbsolutePath().getParent(), "clip-");
        try {
            String seconds = seconds(length.toMillis());
            String graph = String.format(Locale.ROOT, PICTURE, seconds, length.toMillis() * 30 / 1000)
                    + String.format(Locale.ROOT, SOUND, seconds, seconds(Math.max(length.toMillis() - 700, 0)));
            Child.Result result = Child.run(
                    ffmpeg.ffmpeg(arguments(graph, seconds), folder, MediaLimits.DEFAULT),
                    Duration.ofMinutes(30), Stop.NEVER, line -> {}, () -> false);
            if (!result.succeeded()) {
                FFmpeg.checkStarted(result);
                throw new IOException("The sample clip could not be made: " + Complaint.of(result.errors()));
            }
            return Files.move(folder.resolve("clip.mp4"), target, StandardCopyOption.REPLACE_EXISTING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the sample clip was made", e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static List<String> arguments(String graph, String seconds) {
        return List.of(
                "-hide_banner", "-nostdin", "-v", "error", "-y", "-filter_complex", graph, "-map", "[v]", "-map", "[a]",
                "-c:v", "libopenh264", "-profile:v", "high", "-rc_mode", "bitrate", "-b:v", "4M", "-c:a", "aac", "-b:a", "160k",
                "-movflags", "+faststart", "-t", seconds, "file:clip.mp4");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }
}
