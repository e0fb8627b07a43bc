package io.mediasaga.processing.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * One size of the picture.
 *
 * @param name as in {@code 720p}, also its folder
 * @param width even
 * @param height even
 * @param bitsPerSecond of the encoded picture
 */
public record Rendition(String name, int width, int height, int bitsPerSecond) {

    private static final List<Integer> SIZES = List.of(1080, 720, 480, 360, 240);
    private static final int SMALLEST = 16;
    private static final int LONGEST = 3840;
    /** Bits for each pixel and second at 30 frames; about 2.8 Mbit/s for 720p. */
    private static final double BITS_PER_PIXEL = 3.0;

    /**
     * The sizes for a picture: the usual ones that do not exceed its own, its own when it is smaller than all of them. A size is
     * that of the shorter side, so a picture that stands upright loses no more than one that lies.
     */
    static List<Rendition> ladder(MediaInfo.Video video) {
        int own = Math.min(video.width(), video.height());
        List<Rendition> ladder = new ArrayList<>();
        for (int size : SIZES) {
            if (size <= own) {
                ladder.add(of(video, size));
            }
        }
        if (ladder.isEmpty()) {
            ladder.add(of(video, own));
        }
        return List.copyOf(ladder);
    }

    private static Rendition of(MediaInfo.Video video, int size) {
        double scale = Math.min(
                (double) size / Math.min(video.width(), video.height()),
                (double) LONGEST / Math.max(video.width(), video.height()));
        int width = even(video.width() * scale);
        int height = even(video.height() * scale);
        // Small pictures take more bits for each pixel to look the same.
        double quality = size >= 720 ? 1 : size >= 480 ? 1.15 : size >= 360 ? 1.3 : 1.6;
        double bits = (double) width * height * BITS_PER_PIXEL * quality;
        return new Rendition(size + "p", width, height, (int) Math.clamp(bits, 100_000, 12_000_000));
    }

    private static int even(double length) {
        return Math.max(SMALLEST, (int) Math.round(length / 2) * 2);
    }
}
