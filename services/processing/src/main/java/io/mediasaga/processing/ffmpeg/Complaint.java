package io.mediasaga.processing.ffmpeg;

import java.util.List;
import java.util.regex.Pattern;

/** Makes of FFmpeg's error output what one can tell a person. */
final class Complaint {

    private static final int LONGEST = 160;
    private static final Pattern PREFIX = Pattern.compile("^(\\[[^]]*\\]\\s*)+");
    private static final Pattern NOISE =
            Pattern.compile("(?i)conversion failed|error opening input|error while|terminating thread|task finished|nothing was"
                    + " written|error submitting|^\\s*last message repeated|at least one output file|file:source: ");

    private Complaint() {}

    /** The first error that says something, or an empty text; ends without a full stop. */
    static String of(String errors) {
        List<String> lines = errors.lines()
                .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        String said = lines.stream()
                .filter(line -> !NOISE.matcher(line).find())
                .findFirst()
                .orElse(lines.isEmpty() ? "" : lines.getLast().replace("file:source: ", ""));
        String plain = said.replaceAll("\\p{Cntrl}", " ").strip().replaceAll("[.\\s]+$", "");
        return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
    }

    /** The sentence, with what FFmpeg said behind it when it said something. */
    static String sentence(String sentence, String errors) {
        String said = of(errors);
        return said.isEmpty() ? sentence + "." : sentence + " (FFmpeg says: " + said + ").";
    }
}
