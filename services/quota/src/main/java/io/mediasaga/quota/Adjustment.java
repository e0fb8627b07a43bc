package io.mediasaga.quota;

import org.jspecify.annotations.Nullable;

/**
 * A correction of what an owner uses, made by a person.
 *
 * @param adjustmentId makes the correction happen once, however often it is sent
 * @param bytes to add to the bytes in use, negative to subtract
 * @param assets to add to the assets in use, negative to subtract
 * @param note why
 */
record Adjustment(@Nullable String adjustmentId, @Nullable Long bytes, @Nullable Long assets, @Nullable String note) {}
