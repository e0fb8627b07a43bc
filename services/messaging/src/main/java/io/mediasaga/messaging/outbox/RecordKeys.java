package io.mediasaga.messaging.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Record keys as text that PostgreSQL can store, and back. Keys that are no such text are written in hex. */
public final class RecordKeys {

    private static final String HEX = "hex:";

    private RecordKeys() {}

    /** The key as text. */
    public static @Nullable String toText(byte @Nullable [] key) {
        if (key == null) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
            if (text.indexOf('\0') < 0 && !text.startsWith(HEX)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // written in hex below
        }
        return HEX + HexFormat.of().formatHex(key);
    }

    /** The text as key. */
    public static byte @Nullable [] toBytes(@Nullable String key) {
        if (key == null) {
            return null;
        }
        return key.startsWith(HEX) && key.length() % 2 == 0
                ? HexFormat.of().parseHex(key, HEX.length(), key.length())
                : key.getBytes(StandardCharsets.UTF_8);
    }
}
