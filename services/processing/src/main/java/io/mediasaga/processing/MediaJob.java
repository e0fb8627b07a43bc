package io.mediasaga.processing;

import io.mediasaga.storage.MediaKey;

/**
 * A file to be processed.
 *
 * @param epoch which run of this work it is
 * @param fileName as its owner calls it; never a path here
 * @param contentType as its owner declares it
 */
record MediaJob(
        String sagaId,
        long epoch,
        String assetId,
        MediaKey source,
        String fileName,
        String contentType,
        Profile profile) {

    private static final MediaKey ROOT = MediaKey.of("processed");

    /** Where the results of all runs for the saga go. */
    static MediaKey folderOf(String sagaId) {
        return ROOT.child(sagaId);
    }

    /** Where the result of this run goes. */
    MediaKey target() {
        return folderOf(sagaId).resolve(Long.toString(epoch));
    }
}
