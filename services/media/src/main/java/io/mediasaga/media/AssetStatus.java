package io.mediasaga.media;

/** What became of an asset. Both ends are final. */
enum AssetStatus {
    PENDING,
    PUBLISHED,
    FAILED
}
