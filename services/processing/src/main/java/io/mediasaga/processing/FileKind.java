package io.mediasaga.processing;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What its owner says that a file is. */
final class FileKind {

    private static final Set<String> MEDIA_ENDINGS = Set.of(
            "mp4", "m4v", "mov", "mkv", "webm", "avi", "mpg", "mpeg", "ts", "m2ts", "mts", "wmv", "flv", "ogv", "3gp", "mxf", "vob",
            "mp3", "m4a", "aac", "wav", "flac", "ogg", "oga", "opus", "wma", "aiff", "aif", "amr", "ac3");
    private static final Set<String> SAYS_NOTHING = Set.of("", "application/octet-stream", "binary/octet-stream");

    private static final int LONGEST_STEM = 80;

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,78}[a-z0-9_])?(\\.[a-z0-9]{1,10})?");

    private FileKind() {}

    /** Whether it is declared to be video or sound: by its content type or, where that says nothing, by its name's ending. */
    static boolean declaredMedia(MediaJob job) {
        String type = job.contentType().split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.startsWith("video/")
                || type.startsWith("audio/")
                || SAYS_NOTHING.contains(type) && MEDIA_ENDINGS.contains(ending(job.fileName()));
    }

    /** The file's name as part of an address and of a storage key: plain characters only, never hidden, never empty. */
    static String safeName(String fileName) {
        String name = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        if (PLAIN.matcher(name).matches() && !name.equals("poster.jpg")) {
            return name;
        }
        String ending = ending(name);
        String stem = ending.isEmpty() ? name : name.substring(0, name.length() - ending.length() - 1);
        String plain = Normalizer.normalize(stem.replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("\\.{2,}", ".")
                .replaceAll("^[.-]+|[.-]+$", "");
        String shortStem = plain.length() > LONGEST_STEM ? plain.substring(0, LONGEST_STEM) : plain;
        String safe = (shortStem.isEmpty() ? "file" : shortStem) + (ending.isEmpty() ? "" : "." + ending);
        return safe.equalsIgnoreCase("poster.jpg") ? "file-" + safe : safe;
    }

    private static String ending(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String ending = dot < 0 ? "" : fileName.substring(dot + 1);
        return ending.matches("[A-Za-z0-9]{1,10}") ? ending.toLowerCase(Locale.ROOT) : "";
    }
}
