package io.mediasaga.processing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a file is processed. */
enum Profile {
    /** HLS for video and sound, untouched for anything else. */
    AUTO,
    /** HLS; what is neither video nor sound is refused. */
    HLS,
    /** Untouched, not even looked at. */
    PASSTHROUGH;

    /** The profile of that name, auto when there is no name; empty when there is no such profile. */
    static Optional<Profile> named(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.of(AUTO);
        }
        String name = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(profile -> profile.text().equals(name)).findFirst();
    }

    /** As in messages. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
