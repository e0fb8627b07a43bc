package io.mediasaga.processing;

import io.mediasaga.messaging.InvalidPayloadException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a file is processed. */
enum Profile {
    /** HLS for video and sound, untouched for anything else. */
    AUTO,
    /** HLS; what is neither video nor sound is refused. */
    HLS,
    /** Untouched, not even looked at. */
    PASSTHROUGH;

    static Profile parse(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return AUTO;
        }
        return Arrays.stream(values())
                .filter(profile -> profile.text().equals(text.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidPayloadException("The profile '" + text.substring(0, Math.min(text.length(), 40))
                        + "' is not known: use auto, hls or passthrough"));
    }

    /** As in messages. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
