package io.mediasaga.processing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The payload of the successful reply.
 *
 * @param outputUri folder of the store with everything to publish; or the uploaded file, when that is published as it is
 * @param entry what to open first, relative to the folder; or what to call the file
 * @param poster a picture that stands for it, relative to the folder
 * @param profile what was done: {@code hls} or {@code passthrough}
 * @param note what a person should know about it
 * @param width of the largest rendition or of the picture
 * @param renditions sizes of the picture, largest first
 * @param outputBytes of everything that is to be published
 */
record ProcessingResult(
        String outputUri,
        String entry,
        @Nullable String poster,
        String profile,
        @Nullable String note,
        @Nullable Long durationMs,
        @Nullable Integer width,
        @Nullable Integer height,
        List<String> renditions,
        long outputBytes) {}
