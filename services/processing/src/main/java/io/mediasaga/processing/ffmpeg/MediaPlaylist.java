package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The playlist of one rendition, as FFmpeg wrote it. */
record MediaPlaylist(List<Segment> segments, boolean complete) {

    /** A piece of a rendition. */
    record Segment(String file, double seconds, long bytes) {}

    static final String NAME = "index.m3u8";

    static MediaPlaylist read(Path folder) throws IOException {
        List<Segment> segments = new ArrayList<>();
        boolean complete = false;
        double seconds = 0;
        for (String line : Files.readAllLines(folder.resolve(NAME))) {
            if (line.startsWith("#EXTINF:")) {
                seconds = Double.parseDouble(line.substring(8).split(",", 2)[0]);
            } else if (line.equals("#EXT-X-ENDLIST")) {
                complete = true;
            } else if (!line.isBlank() && !line.startsWith("#")) {
                segments.add(new Segment(line, seconds, Files.size(folder.resolve(line))));
            }
        }
        return new MediaPlaylist(List.copyOf(segments), complete);
    }

    Duration duration() {
        return Duration.ofMillis(Math.round(seconds() * 1000));
    }

    /** The highest rate of any segment, which players must be able to load. Slivers at the end do not count. */
    long peakBitsPerSecond() {
        return segments.stream()
                .filter(s -> s.seconds() >= 0.5 || segments.size() == 1)
                .mapToLong(s -> (long) (s.bytes() * 8 / Math.max(s.seconds(), 0.1)))
                .max()
                .orElse(0);
    }

    long averageBitsPerSecond() {
        return (long) (segments.stream().mapToLong(Segment::bytes).sum() * 8 / Math.max(seconds(), 0.1));
    }

    private double seconds() {
        return segments.stream().mapToDouble(Segment::seconds).sum();
    }
}
