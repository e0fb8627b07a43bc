package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Unfinished objects of a bucket: a multipart upload and, for what is too small for a part, a hidden object. A new epoch leaves a
 * gap in the part numbers, so that a late writer of an earlier one cannot replace a part that counts.
 */
final class S3Appends {

    private final S3Calls calls;
    private final S3Parts parts;
    private final Path tempDir;

    S3Appends(S3Calls calls, S3Parts parts, Path tempDir) {
        this.calls = calls;
        this.parts = parts;
        this.tempDir = tempDir;
    }

    AppendSession open(MediaKey key, AppendState state, long epoch) throws IOException {
        S3State known = S3State.parse(state);
        if (known.epoch() > epoch) {
            throw new IllegalArgumentException("Epoch " + epoch + " is over: epoch " + known.epoch()
                    + " has written since");
        }
        deleteTail(key, known.oldTail());
        byte[] tail = tail(key, known);
        Spool spool = new Spool(tempDir);
        try {
            spool.write(tail, 0, tail.length);
        } catch (IOException e) {
            spool.close();
            throw e;
        }
        return new S3AppendSession(calls, parts, key, known, epoch, spool);
    }

    void finish(MediaKey key, AppendState state) throws IOException {
        S3State known = S3State.parse(state);
        byte[] tail = tail(key, known);
        if (known.parts().isEmpty()) {
            parts.put(key, S3Bodies.of(tail));
        } else {
            List<CompletedPart> list =
                    new ArrayList<>(parts.list(key, known.uploadId(), number -> known.parts().get(number)));
            if (list.size() != known.parts().cardinality()) {
                throw new ObjectNotFoundException(key);
            }
            if (tail.length > 0) {
                int next = S3AppendSession.firstPart(known, known.epoch() + 1);
                list.add(parts.upload(key, known.uploadId(), next, S3Bodies.of(tail)));
            }
            parts.complete(key, known.uploadId(), list);
        }
        deleteTail(key, known.tail());
        deleteTail(key, known.oldTail());
    }

    void discard(MediaKey key, AppendState state) throws IOException {
        S3State known = S3State.parse(state);
        if (!known.uploadId().isEmpty()) {
            parts.abort(key, known.uploadId());
        }
        deleteTail(key, known.tail());
        deleteTail(key, known.oldTail());
    }

    private void deleteTail(MediaKey key, String tail) throws IOException {
        if (!tail.isEmpty()) {
            calls.delete(key, S3State.tailName(calls.name(key), tail));
        }
    }

    private byte[] tail(MediaKey key, S3State known) throws IOException {
        if (known.tail().isEmpty()) {
            return new byte[0];
        }
        GetObjectRequest request = GetObjectRequest.builder()
                .bucket(calls.bucket())
                .key(S3State.tailName(calls.name(key), known.tail()))
                .build();
        try (InputStream in = calls.call(key, client -> client.getObject(request))) {
            return in.readAllBytes();
        }
    }
}
