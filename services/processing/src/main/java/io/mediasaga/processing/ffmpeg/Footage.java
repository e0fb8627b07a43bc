package io.mediasaga.processing.ffmpeg;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the frames of a video are meant, and the filters of FFmpeg that make of them what every player shows: whole frames of standard
 * dynamic range (BT.709).
 *
 * @param interlaced whether each frame holds two half pictures, of two instants
 * @param highRange the light of high dynamic range that it is recorded in, {@code null} for standard range, or where FFmpeg could not convert it
 */
record Footage(boolean interlaced, @Nullable HighRange highRange) {

    static final Footage PLAIN = new Footage(false, null);

    private static final Set<String> FIELDS_FIRST = Set.of("tt", "bb", "tb", "bt");
    private static final Set<String> MATRICES = Set.of("bt2020nc", "bt709", "gbr");
    private static final Set<String> PRIMARIES = Set.of("bt2020", "bt709", "smpte432", "smpte431");

    /** Luminance of a diffuse white in HDR, in nits: ITU-R BT.2408, 75 % of an HLG signal, 58 % of a PQ one. */
    private static final int WHITE_NITS = 203;
    /** What is brighter than this is all the same: HLG's nominal peak, and that of most PQ masters. */
    private static final int PEAK_NITS = 1000;

    /**
     * A recording of high dynamic range, by FFmpeg's names.
     *
     * @param transfer the curve, PQ or HLG
     * @param primaries {@code null} where the file does not tell
     * @param matrix likewise
     */
    record HighRange(String transfer, @Nullable String primaries, @Nullable String matrix) {}

    /** By the words of ffprobe; any may be missing. */
    static Footage of(@Nullable String fieldOrder, @Nullable String transfer, @Nullable String primaries, @Nullable String matrix) {
        boolean high = transfer != null
                && (transfer.equals("smpte2084") || transfer.equals("arib-std-b67"))
                && (unknown(primaries) || PRIMARIES.contains(primaries))
                && (unknown(matrix) || MATRICES.contains(matrix));
        return new Footage(
                fieldOrder != null && FIELDS_FIRST.contains(fieldOrder),
                high ? new HighRange(transfer, unknown(primaries) ? null : primaries, unknown(matrix) ? null : matrix) : null);
    }

    /** Makes whole frames of half pictures, as many; with a comma at its end, empty where there is nothing to do. Comes before any scaling. */
    String wholeFrames() {
        return interlaced ? "bwdif=mode=send_frame:parity=auto:deint=interlaced," : "";
    }

    /**
     * Makes standard range of a high one; with a comma at its end, empty where there is nothing to do. Costs least after scaling.
     *
     * <p>What is darker than a third of white stays as it is, and what is brighter is bent (Möbius), so that faces keep their light and lamps
     * some of their drawing. FFmpeg cannot know the brightest spot of a file beforehand and would take 10,000 nits where none is stated,
     * by which everything else became dark; so it is told.
     */
    String standardRange() {
        if (highRange == null) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                "zscale=tin=%s:pin=%s%s:t=linear:npl=%d,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:param=0.3:peak=%.3f:desat=0,"
                        + "zscale=t=bt709:m=bt709:r=tv,format=yuv420p,",
                highRange.transfer(),
                // zscale's names differ from ffprobe's in nothing that is let in above; what the file does not tell is as in BT.2100
                highRange.primaries() == null ? "bt2020" : highRange.primaries(),
                highRange.matrix() == null ? ":min=bt2020nc" : "",
                WHITE_NITS,
                (double) PEAK_NITS / WHITE_NITS);
    }

    private static boolean unknown(@Nullable String word) {
        return word == null || word.isEmpty() || word.equals("unknown") || word.equals("unspecified");
    }
}
