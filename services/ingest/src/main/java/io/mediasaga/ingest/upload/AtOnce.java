package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Takes small files that come whole in one request: one object, one transaction, no lock. Two such requests at the same time write
 * two objects; the transaction decides which of them is the file.
 */
@Component
class AtOnce {

    private final MediaStore store;
    private final SmallEndings endings;
    private final Completion completion;
    private final Uploads uploads;
    private final IngestMetrics metrics;
    private final long most;

    AtOnce(
            MediaStore store,
            SmallEndings endings,
            Completion completion,
            Uploads uploads,
            IngestMetrics metrics,
            IngestProperties properties) {
        this.store = store;
        this.endings = endings;
        this.completion = completion;
        this.uploads = uploads;
        this.metrics = metrics;
        this.most = properties.smallSize().toBytes();
    }

    boolean takes(Upload upload, Chunk chunk) {
        return chunk.offset() == 0 && chunk.length() == upload.size() && upload.size() <= most;
    }

    long receive(Upload upload, Chunk chunk) throws IOException {
        byte[] bytes = read(chunk);
        Checksum checksum = chunk.checksum();
        if (checksum != null && !checksum.matches(Checksum.digest(checksum.algorithm()).digest(bytes))) {
            throw Refusals.mismatch(upload);
        }
        String sha256 = HexFormat.of().formatHex(Checksum.digest(Checksum.SHA_256).digest(bytes));
        completion.requireDeclared(upload, sha256);
        MediaKey key = UploadFiles.write(store, upload.id(), bytes);
        // When this throws, it may have been committed, and the object be the file: it stays, and goes with the upload's files.
        if (!endings.uploaded(upload.id(), key, sha256)) {
            store.delete(key);
            Optional<Upload> now = uploads.find(upload.id());
            if (now.isEmpty() || now.get().status() == Upload.Status.CLEANED) {
                // Its files have gone before; the folder that they were in may have been made anew.
                UploadFiles.delete(store, upload.id());
            }
            now.ifPresent(each -> Refusals.check(each, chunk));
            throw Refusals.locked();
        }
        metrics.kept(bytes.length);
        metrics.completed();
        return bytes.length;
    }

    private static byte[] read(Chunk chunk) {
        byte[] bytes = new byte[Math.toIntExact(chunk.length())];
        ClientBody body = new ClientBody(chunk);
        try {
            for (int at = 0; at < bytes.length; ) {
                at += body.read(bytes, at, bytes.length - at);
            }
        } catch (ClientBody.CutOffException e) {
            throw Refusals.cutOff(0);
        }
        return bytes;
    }
}
