package io.mediasaga.processing.ffmpeg;

import java.util.ArrayList;
import java.util.List;

/**
 * How FFmpeg opens a stranger's file: always as {@value #NAME} in the working folder, and only formats that hold their media
 * themselves. Playlists (HLS, DASH, concat), image sequences, devices and text formats are not among them.
 */
final class Input {

    /** What the source is called in the working folder. */
    static final String NAME = "source";

    private static final String MEDIA = "mov,matroska,avi,flv,asf,mpegts,mpeg,mpegvideo,ogg,mxf,nut,dv,ivf,rm,h264,hevc,m4v,obu,"
            + "mp3,aac,flac,wav,w64,aiff,caf,amr,ac3,eac3,ape,au,tta,wv,mpc,mpc8,dts,truehd";
    private static final String IMAGES = "jpeg_pipe,png_pipe,webp_pipe,gif,gif_pipe,bmp_pipe,tiff_pipe";

    /** The biggest single piece of memory that a file may make FFmpeg ask for, in bytes. */
    private static final long BIGGEST_ALLOCATION = 1L << 30;

    private Input() {}

    static List<String> media(MediaLimits limits) {
        return arguments(MEDIA, limits);
    }

    static List<String> image(MediaLimits limits) {
        return arguments(IMAGES, limits);
    }

    private static List<String> arguments(String formats, MediaLimits limits) {
        return new ArrayList<>(List.of(
                "-max_alloc", Long.toString(BIGGEST_ALLOCATION),
                "-protocol_whitelist", "file,pipe",
                "-format_whitelist", formats,
                "-max_pixels", Long.toString(limits.pixels()),
                "-threads", Integer.toString(limits.threads()),
                "-i", "file:" + NAME));
    }
}
