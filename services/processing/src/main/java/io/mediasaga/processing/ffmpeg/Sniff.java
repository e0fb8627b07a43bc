package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What a file's first bytes say it is, whatever its name and its owner say. */
public enum Sniff {
    /** It has no bytes. */
    EMPTY,
    /** A list of other files, which FFmpeg would go and open. */
    PLAYLIST,
    /** A picture. */
    IMAGE,
    /** Video or sound, or a good imitation. */
    MEDIA,
    /** Anything else. */
    OTHER;

    private static final int LOOKED_AT = 4096;
    private static final List<String> PLAYLISTS =
            List.of("#extm3u", "ffconcat version", "[playlist]", "<smil", "<asx", "[reference]", "rtsptext", "<smoothstreamingmedia");

    /** What the file begins with. */
    public static Sniff of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in.readNBytes(LOOKED_AT));
        }
    }

    static Sniff of(byte[] start) {
        if (start.length == 0) {
            return EMPTY;
        }
        // One byte, one character: offsets stay the same.
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (isPlaylist(text)) {
            return PLAYLIST;
        }
        if (isImage(text)) {
            return IMAGE;
        }
        return isMedia(text, start) ? MEDIA : OTHER;
    }

    private static boolean isPlaylist(String text) {
        String plain = text.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
        if (PLAYLISTS.stream().anyMatch(plain::startsWith)) {
            return true;
        }
        boolean xml = plain.startsWith("<?xml") || plain.startsWith("<mpd");
        boolean sdp = plain.startsWith("v=0") && plain.contains("m=");
        // What FFmpeg's concat takes without its signature when its format is named.
        boolean concat = plain.startsWith("file ") && plain.lines().allMatch(line -> line.isBlank() || line.startsWith("file ")
                || line.startsWith("duration ") || line.startsWith("inpoint ") || line.startsWith("outpoint "));
        return sdp || concat || xml && (plain.contains("<mpd") || plain.contains("<smil"));
    }

    private static boolean isImage(String text) {
        return text.startsWith("\u00ff\u00d8\u00ff")
                || text.startsWith("\u0089PNG\r\n\u001a\n")
                || text.startsWith("GIF87a")
                || text.startsWith("GIF89a")
                || text.startsWith("RIFF") && text.startsWith("WEBP", 8)
                || text.startsWith("BM") && text.startsWith("\0\0\0\0", 6)
                || text.startsWith("II*\0")
                || text.startsWith("MM\0*")
                || text.startsWith("ftyp", 4)
                        && (text.startsWith("avif", 8) || text.startsWith("heic", 8) || text.startsWith("mif1", 8));
    }

    private static boolean isMedia(String text, byte[] start) {
        boolean box = List.of("ftyp", "moov", "mdat", "moof", "styp", "wide").stream().anyMatch(b -> text.startsWith(b, 4));
        boolean riff = text.startsWith("RIFF") && (text.startsWith("AVI ", 8) || text.startsWith("WAVE", 8));
        boolean aiff = text.startsWith("FORM") && text.startsWith("AIF", 8);
        boolean transport = start.length > 376 && start[0] == 0x47 && start[188] == 0x47 && start[376] == 0x47;
        boolean frames = start.length > 2 && (start[0] & 0xff) == 0xff
                && ((start[1] & 0xf6) == 0xf0 || (start[1] & 0xe6) == 0xe2 && (start[2] & 0xf0) != 0xf0);
        return box || riff || aiff || transport || frames
                || List.of("\u001aE\u00df\u00a3", "OggS", "fLaC", "ID3", "FLV\u0001", "0&\u00b2u\u008ef\u00cf\u0011", "caff",
                                "#!AMR", ".RMF", "wvPK", "MAC ", "riff", "\0\0\u0001\u00ba", "\0\0\u0001\u00b3",
                                "\u0006\u000e+4\u0002\u0005\u0001\u0001", "DKIF")
                        .stream()
                        .anyMatch(text::startsWith);
    }
}
