package io.mediasaga.quota;

/** Payload of the reply: how many bytes became free; none when nothing was reserved. */
record QuotaReleased(String assetId, long releasedBytes) {}
