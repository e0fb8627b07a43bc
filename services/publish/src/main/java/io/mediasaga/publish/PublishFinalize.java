package io.mediasaga.publish;

import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.storage.MediaKey;
import org.jspecify.annotations.Nullable;

/** The payload of the command. Anything may be missing in what others send. */
record PublishFinalize(
        @Nullable String assetId,
        @Nullable String title,
        @Nullable String outputUri,
        @Nullable String entry,
        @Nullable String poster) {

    private static final int LONGEST_ID = 64;
    private static final int LONGEST_TITLE = 500;

    String asset() {
        String asset = required(assetId, "asset_id");
        if (asset.length() > LONGEST_ID) {
            throw new InvalidPayloadException("asset_id has " + asset.length() + " characters; " + LONGEST_ID + " are allowed");
        }
        return asset;
    }

    /** The folder to publish; or the one file, which is to be called like the entry. */
    MediaKey output() {
        try {
            return MediaKey.parse(required(outputUri, "output_uri"));
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException("output_uri names no folder of the media store: " + e.getMessage(), e);
        }
    }

    String entryFile() {
        return file(required(entry, "entry"), "entry");
    }

    @Nullable String posterFile() {
        return poster == null || poster.isBlank() ? null : file(poster, "poster");
    }

    /** What to call it; the asset's id where nobody gave it a title. */
    String shownTitle() {
        String shown = title == null || title.isBlank() ? asset() : title.strip();
        return shown.length() > LONGEST_TITLE ? shown.substring(0, LONGEST_TITLE) + "…" : shown;
    }

    private static String file(String path, String field) {
        try {
            return MediaKey.of(path).value();
        } catch (IllegalArgumentException e) {
            throw new InvalidPayloadException(field + " names no file below output_uri: " + e.getMessage(), e);
        }
    }

    private static String required(@Nullable String value, String field) {
        if (value == null || value.isBlank()) {
            throw new InvalidPayloadException("The command has no " + field + ": the saga has to give it");
        }
        return value;
    }
}
