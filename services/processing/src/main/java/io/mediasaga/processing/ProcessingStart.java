package io.mediasaga.processing;

import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.storage.MediaKey;
import org.jspecify.annotations.Nullable;

/** The payload of the command. Anything may be missing in what others send. */
record ProcessingStart(
        @Nullable String assetId,
        @Nullable String sourceUri,
        @Nullable String fileName,
        @Nullable String contentType,
        @Nullable String profile) {

    /** Its content, checked. */
    MediaJob job(String sagaId, long epoch, Profile chosen) {
        String asset = required(assetId, "asset_id");
        if (asset.length() > 64) {
            throw new InvalidPayloadException("asset_id has " + asset.length() + " characters; 64 are allowed");
        }
        String uri = required(sourceUri, "source_uri");
        MediaKey source;
        try {
            source = MediaKey.parse(uri);
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException("source_uri names no object of the media store: " + e.getMessage(), e);
        }
        return new MediaJob(
                sagaId,
                epoch,
                asset,
                source,
                MediaJob.newTarget(sagaId, epoch),
                fileName == null ? "" : fileName,
                contentType == null ? "" : contentType,
                chosen);
    }

    private static String required(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new InvalidPayloadException("The command has no " + field + ": the saga has to give it");
        }
        return value;
    }
}
