package io.mediasaga.publish;

import java.util.Locale;
import java.util.Map;

/**
 * What a file is served as, by its name's ending. Only types that cannot carry scripts are shown in place; everything else is
 * a download of unknown type, so that an uploaded page never runs on our address.
 */
final class ContentTypes {

    /** A type, and whether browsers may show it in place. */
    record Type(String value, boolean inline) {

        boolean isVideo() {
            return inline && value.startsWith("video/");
        }

        boolean isAudio() {
            return inline && value.startsWith("audio/");
        }

        boolean isImage() {
            return value.startsWith("image/");
        }

        boolean isPlaylist() {
            return value.equals(PLAYLIST);
        }
    }

    private static final String PLAYLIST = "application/vnd.apple.mpegurl";
    private static final Type DOWNLOAD = new Type("application/octet-stream", false);

    private static final Map<String, String> INLINE = Map.ofEntries(
            Map.entry("m3u8", PLAYLIST),
            Map.entry("ts", "video/mp2t"),
            Map.entry("m4s", "video/iso.segment"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("m4v", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"),
            Map.entry("mkv", "video/x-matroska"),
            Map.entry("ogv", "video/ogg"),
            Map.entry("m4a", "audio/mp4"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("aac", "audio/aac"),
            Map.entry("ogg", "audio/ogg"),
            Map.entry("oga", "audio/ogg"),
            Map.entry("opus", "audio/ogg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("flac", "audio/flac"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("avif", "image/avif"));

    private static final Map<String, String> DOWNLOADS = Map.of(
            "pdf", "application/pdf", "zip", "application/zip", "txt", "text/plain;charset=utf-8", "vtt", "text/vtt;charset=utf-8");

    private ContentTypes() {}

    static Type of(String file) {
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String inline = INLINE.get(ending);
        if (inline != null) {
            return new Type(inline, true);
        }
        String download = DOWNLOADS.get(ending);
        return download == null ? DOWNLOAD : new Type(download, false);
    }
}
