package io.mediasaga.media;

import org.jspecify.annotations.Nullable;

/** Payload of the replies that tell success. */
record AssetReply(String assetId, @Nullable String ownerId) {}
