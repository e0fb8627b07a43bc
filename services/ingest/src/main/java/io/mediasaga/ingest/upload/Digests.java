package io.mediasaga.ingest.upload;

import io.mediasaga.storage.AppendState;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The SHA-256 of the first bytes of uploads that are under way, so that a file that comes in pieces need not be read again at its
 * end. Only a memory of this process: where it has nothing, the file is read once.
 */
@Component
class Digests {

    private static final int MOST = 4096;

    private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(AppendState state, MessageDigest digest) {}

    /** Takes the digest of exactly these bytes; {@code null} where it is not known. */
    synchronized @Nullable MessageDigest take(String uploadId, AppendState state) {
        if (state.size() == 0) {
            return Checksum.digest(Checksum.SHA_256);
        }
        Known found = known.remove(uploadId);
        return found != null && found.state().equals(state) ? found.digest() : null;
    }

    synchronized void put(String uploadId, AppendState state, MessageDigest digest) {
        known.put(uploadId, new Known(state, digest));
    }
}
