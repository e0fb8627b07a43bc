package io.mediasaga.publish;

import io.mediasaga.storage.MediaKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is reachable under an asset's address.
 *
 * @param prefix folder of the store with its files; nothing outside of it is served
 * @param entry what to open first, relative to the prefix
 * @param poster a picture that stands for it, relative to the prefix
 */
record Publication(
        String assetId,
        String sagaId,
        MediaKey prefix,
        String entry,
        @Nullable String poster,
        String title,
        Instant publishedAt) {}
