package io.mediasaga.media;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An asset as it is told over HTTP. What the saga has not told (yet) is {@code null}.
 *
 * @param failureReason why it failed, for people
 * @param publicPath address of the published file or playlist
 * @param watchPath address of the page that plays it
 * @param profile how the file was processed
 * @param note what people should know about the processing
 * @param durationMs playing time in milliseconds
 */
record Asset(
        String assetId,
        String sagaId,
        @Nullable String ownerId,
        @Nullable String title,
        @Nullable String fileName,
        @Nullable String contentType,
        @Nullable Long sizeBytes,
        AssetStatus status,
        @Nullable String failureReason,
        @Nullable String publicPath,
        @Nullable String watchPath,
        @Nullable String posterPath,
        @Nullable String profile,
        @Nullable String note,
        @Nullable Long durationMs,
        @Nullable Integer width,
        @Nullable Integer height,
        @Nullable Long outputBytes,
        Instant createdAt,
        Instant updatedAt) {}
