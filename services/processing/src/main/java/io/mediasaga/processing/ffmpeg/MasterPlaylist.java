package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the playlist that names the renditions, with rates as measured and codecs as encoded. */
final class MasterPlaylist {

    static final String NAME = "master.m3u8";
    static final String AUDIO = "audio";
    private static final String AAC = "mp4a.40.2";

    private MasterPlaylist() {}

    static void write(Path folder, List<Rendition> renditions, double framesPerSecond, boolean sound) throws IOException {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n");
        MediaPlaylist audio = sound ? MediaPlaylist.read(folder.resolve(AUDIO)) : null;
        if (renditions.isEmpty() && audio != null) {
            text.append(variant(audio.peakBitsPerSecond(), audio.averageBitsPerSecond(), AAC, "")).append(uri(AUDIO));
        } else if (audio != null) {
            text.append("#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"audio\",NAME=\"Sound\",DEFAULT=YES,AUTOSELECT=YES,CHANNELS=\"2\",URI=\"")
                    .append(AUDIO).append('/').append(MediaPlaylist.NAME).append("\"\n");
        }
        for (Rendition rendition : renditions) {
            text.append(line(folder, rendition, framesPerSecond, audio)).append(uri(rendition.name()));
        }
        Files.writeString(folder.resolve(NAME), text);
    }

    private static String line(Path folder, Rendition rendition, double framesPerSecond, @Nullable MediaPlaylist audio)
            throws IOException {
        MediaPlaylist video = MediaPlaylist.read(folder.resolve(rendition.name()));
        long peak = video.peakBitsPerSecond() + (audio == null ? 0 : audio.peakBitsPerSecond());
        long average = video.averageBitsPerSecond() + (audio == null ? 0 : audio.averageBitsPerSecond());
        String codec = AvcCodec.of(Files.readAllBytes(folder.resolve(rendition.name()).resolve(HlsArguments.INIT)));
        StringBuilder more = new StringBuilder(",RESOLUTION=" + rendition.width() + "x" + rendition.height());
        if (framesPerSecond > 0) {
            more.append(String.format(Locale.ROOT, ",FRAME-RATE=%.3f", framesPerSecond));
        }
        if (audio != null) {
            more.append(",AUDIO=\"audio\"");
        }
        return variant(peak, average, audio == null ? codec : codec + "," + AAC, more.toString());
    }

    private static String variant(long peak, long average, String codecs, String more) {
        return "#EXT-X-STREAM-INF:BANDWIDTH=" + peak + ",AVERAGE-BANDWIDTH=" + Math.min(average, peak) + ",CODECS=\"" + codecs
                + "\"" + more + "\n";
    }

    private static String uri(String folder) {
        return folder + "/" + MediaPlaylist.NAME + "\n";
    }
}
