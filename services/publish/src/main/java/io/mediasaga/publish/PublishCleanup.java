package io.mediasaga.publish;

import org.jspecify.annotations.Nullable;

/** The payload of the compensation. What is undone is found by the saga. */
record PublishCleanup(@Nullable String assetId) {}
