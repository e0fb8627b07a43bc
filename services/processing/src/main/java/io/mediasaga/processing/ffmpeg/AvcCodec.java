package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names H.264 as players want it, such as {@code avc1.64001f}, from the initialization segment. */
final class AvcCodec {

    private AvcCodec() {}

    static String of(byte[] init) throws IOException {
        int box = new String(init, StandardCharsets.ISO_8859_1).indexOf("avcC");
        if (box < 0 || box + 8 > init.length) {
            throw new IOException("The initialization segment describes no H.264");
        }
        // After the name: version, profile, compatibility, level.
        return String.format(Locale.ROOT, "avc1.%02x%02x%02x", init[box + 5], init[box + 6], init[box + 7]);
    }
}
