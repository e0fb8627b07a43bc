package io.mediasaga.processing;

import io.mediasaga.storage.MediaKey;
import java.util.UUID;

/**
 * A file to be processed.
 *
 * @param epoch which run of this work it is
 * @param target where the result of this run goes
 * @param fileName as its owner calls it; never a path here
 * @param contentType as its owner declares it
 */
record MediaJob(
        String sagaId,
        long epoch,
        String assetId,
        MediaKey source,
        MediaKey target,
        String fileName,
        String contentType,
        Profile profile) {

    private static final MediaKey ROOT = MediaKey.of("processed");

    /** Where the results of all runs for the saga go. */
    static MediaKey folderOf(String sagaId) {
        return ROOT.child(sagaId);
    }

    /** A folder for the result of one run; no two runs ever share one. */
    static MediaKey newTarget(String sagaId, long epoch) {
        return folderOf(sagaId).resolve(epoch + "-" + UUID.randomUUID().toString().substring(0, 8));
    }
}
