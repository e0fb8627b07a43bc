package io.mediasaga.processing.ffmpeg;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The arguments that make FFmpeg write all renditions in one go. All names are relative to the working folder. */
final class HlsArguments {

    /** The folder that FFmpeg writes to, in the working folder. */
    static final String OUTPUT = "out";
    static final String INIT = "init.mp4";
    static final int SEGMENT_SECONDS = 4;
    private static final int MOST_FRAMES_PER_SECOND = 60;

    private HlsArguments() {}

    static List<String> of(MediaInfo info, List<Rendition> renditions, MediaLimits limits, String encoder) {
        List<String> arguments = new ArrayList<>(List.of("-hide_banner", "-nostdin", "-y", "-v", "error", "-nostats"));
        arguments.addAll(List.of("-progress", "pipe:1", "-stats_period", "0.5", "-max_error_rate", "0.3"));
        arguments.addAll(List.of("-filter_complex_threads", Integer.toString(limits.threads())));
        arguments.addAll(Input.media(limits));
        MediaInfo.Video video = info.video();
        if (video != null) {
            arguments.addAll(List.of("-filter_complex", scaling(video, renditions)));
            for (int i = 0; i < renditions.size(); i++) {
                arguments.addAll(List.of("-map", "[v" + i + "]"));
                arguments.addAll(picture(renditions.get(i), encoder, limits));
                arguments.addAll(hls(renditions.get(i).name(), limits));
            }
        }
        MediaInfo.Audio audio = info.audio();
        if (audio != null) {
            arguments.addAll(List.of("-map", "0:" + audio.index(), "-c:a", "aac", "-b:a", "128k", "-ac", "2", "-ar", "48000"));
            arguments.addAll(List.of("-af", "aresample=async=1:first_pts=0"));
            arguments.addAll(hls(MasterPlaylist.AUDIO, limits));
        }
        return arguments;
    }

    /** Frames a second of the result. */
    static double framesPerSecond(MediaInfo.Video video) {
        return Math.min(video.framesPerSecond(), MOST_FRAMES_PER_SECOND);
    }

    private static String scaling(MediaInfo.Video video, List<Rendition> renditions) {
        StringBuilder graph = new StringBuilder("[0:" + video.index() + "]");
        if (video.framesPerSecond() > MOST_FRAMES_PER_SECOND) {
            graph.append("fps=").append(MOST_FRAMES_PER_SECOND).append(',');
        }
        String range = video.footage().standardRange();
        graph.append(video.footage().wholeFrames());
        if (!range.isEmpty()) { // once for all sizes, from the largest that is wanted
            graph.append(scale(renditions.getFirst())).append(',').append(range);
        }
        graph.append("split=").append(renditions.size());
        for (int i = 0; i < renditions.size(); i++) {
            graph.append("[s").append(i).append(']');
        }
        for (int i = 0; i < renditions.size(); i++) {
            Rendition to = renditions.get(i);
            graph.append(String.format(
                    Locale.ROOT, ";[s%d]%s,setsar=1,format=yuv420p[v%d]", i, scale(to), i));
        }
        return graph.toString();
    }

    private static String scale(Rendition to) {
        return "scale=" + to.width() + ":" + to.height();
    }

    private static List<String> picture(Rendition rendition, String encoder, MediaLimits limits) {
        List<String> arguments = new ArrayList<>(List.of("-c:v", encoder, "-profile:v", "high"));
        if (encoder.equals("libopenh264")) {
            arguments.addAll(List.of("-rc_mode", "bitrate"));
        }
        arguments.addAll(List.of(
                "-b:v", Integer.toString(rendition.bitsPerSecond()),
                "-maxrate", Long.toString(rendition.bitsPerSecond() * 3L / 2),
                "-bufsize", Long.toString(rendition.bitsPerSecond() * 2L),
                // Key frames at the same instants in every rendition, so that players can change between them.
                "-force_key_frames", "expr:gte(t,n_forced*" + SEGMENT_SECONDS + ")",
                "-threads", Integer.toString(limits.threads())));
        return arguments;
    }

    private static List<String> hls(String name, MediaLimits limits) {
        String folder = OUTPUT + "/" + name + "/";
        return List.of(
                "-t", Long.toString(limits.duration().toSeconds() + 1),
                "-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn",
                "-f", "hls",
                "-hls_time", Integer.toString(SEGMENT_SECONDS),
                "-hls_playlist_type", "vod",
                "-hls_flags", "independent_segments",
                "-hls_segment_type", "fmp4",
                "-hls_fmp4_init_filename", INIT,
                "-hls_segment_filename", folder + "%05d.m4s",
                folder + MediaPlaylist.NAME);
    }
}
