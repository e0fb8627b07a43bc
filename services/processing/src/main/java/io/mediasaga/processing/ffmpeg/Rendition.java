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

    private static final List<Integer> HEIGHTS = List.of(1080, 720, 480, 360, 240);
    private static final int SMALLEST = 16;
    private static final int WIDEST = 3840;
    /** Bits for each pixel and second at 30 frames; about 2.8 Mbit/s for 720p. */
    private static final double BITS_PER_PIXEL = 3.0;

    /** The sizes for a picture: the usual heights that do not exceed its own; its own when it is smaller than all of them. */
    static List<Rendition> ladder(MediaInfo.Video video) {
        List<Rendition> ladder = new ArrayList<>();
        for (int height : HEIGHTS) {
            if (height <= video.height()) {
                ladder.add(of(video, height));
            }
        }
        if (ladder.isEmpty()) {
            ladder.add(of(video, video.height()));
        }
        return List.copyOf(ladder);
    }

    private static Rendition of(MediaInfo.Video video, int height) {
        double scale = Math.min((double) height / video.height(), (double) WIDEST / video.width());
        int width = even(video.width() * scale);
        int fittedHeight = even(video.height() * scale);
        // Small pictures take more bits for each pixel to look the same.
        double quality = height >= 720 ? 1 : height >= 480 ? 1.15 : height >= 360 ? 1.3 : 1.6;
        double bits = (double) width * fittedHeight * BITS_PER_PIXEL * quality;
        return new Rendition(height + "p", width, fittedHeight, (int) Math.clamp(bits, 100_000, 12_000_000));
    }

    private static int even(double length) {
        return Math.max(SMALLEST, (int) Math.round(length / 2) * 2);
    }
}
