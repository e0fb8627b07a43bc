package io.mediasaga.messaging.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Record keys as text that PostgreSQL can store, and back. Keys that are no such text are written in hex. */
public final class RecordKeys {

    /** The longest key, as text, that messages can be ordered by: it has to fit into an index. */
    public static final int MAX_LENGTH = 500;

    private static final String HEX = "hex:";

    private RecordKeys() {}

    /** The key as text. */
    public static @Nullable String toText(byte @Nullable [] key) {
        return key == null ? null : text(key);
    }

    static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') < 0 && !text.startsWith(HEX)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // written in hex below
        }
        return HEX + HexFormat.of().formatHex(bytes);
    }

    /** The text as key. */
    public static byte @Nullable [] toBytes(@Nullable String key) {
        return key == null ? null : bytes(key);
    }

    static byte[] bytes(String text) {
        if (text.startsWith(HEX)) {
            try {
                return HexFormat.of().parseHex(text, HEX.length(), text.length());
            } catch (IllegalArgumentException e) {
                // a key that somebody really wrote like that
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
