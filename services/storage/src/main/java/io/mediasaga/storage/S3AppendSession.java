package io.mediasaga.storage;

import java.io.IOException;
import java.util.BitSet;
import software.amazon.awssdk.core.sync.RequestBody;

/** Fills parts, and keeps the rest as a tail. */
final class S3AppendSession implements AppendSession {

    /** How many parts one epoch may upload before they count; the next epoch begins behind them. */
    private static final int GAP = 256;

    private static final int MAX_PART = 10_000;

    private final S3Calls calls;
    private final S3Parts parts;
    private final MediaKey key;
    private final long epoch;
    private final BitSet numbers;
    private final Spool buffer;
    private String uploadId;
    private String tail;
    private String oldTail = "";
    private int next;
    private int unsynced;
    private long size;

    S3AppendSession(S3Calls calls, S3Parts parts, MediaKey key, S3State known, long epoch, Spool tail) {
        this.calls = calls;
        this.parts = parts;
        this.key = key;
        this.epoch = epoch;
        this.numbers = (BitSet) known.parts().clone();
        this.uploadId = known.uploadId();
        this.next = firstPart(known, epoch);
        this.size = known.size();
        this.tail = known.tail();
        this.buffer = tail;
    }

    /** The number of the next part of an epoch. */
    static int firstPart(S3State known, long epoch) {
        long gap = known.epoch() == 0 ? (epoch - 1) * GAP : (epoch - known.epoch()) * GAP;
        return Math.toIntExact(known.parts().length() + gap + (known.parts().isEmpty() ? 1 : 0));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            long room = Math.max(parts.partSize(next) - buffer.size(), 0);
            int some = (int) Math.min(room, length - done);
            buffer.write(bytes, offset + done, some);
            done += some;
            size += some;
            if (buffer.size() >= parts.partSize(next)) {
                uploadPart();
            }
        }
    }

    @Override
    public AppendState sync() throws IOException {
        if (buffer.size() >= S3Clients.MIN_PART_SIZE) {
            uploadPart();
        }
        String now = buffer.size() == 0 ? "" : epoch + "-" + size;
        if (!now.equals(tail)) {
            deleteOldTail();
            oldTail = tail;
            tail = now;
            if (!now.isEmpty()) {
                String name = S3State.tailName(calls.name(key), now);
                RequestBody body = buffer.body();
                calls.call(key, client -> client.putObject(calls.put(name), body));
            }
        }
        unsynced = 0;
        return new S3State(size, epoch, numbers, tail, oldTail, uploadId).toState();
    }

    private void deleteOldTail() throws IOException {
        if (!oldTail.isEmpty()) {
            calls.delete(key, S3State.tailName(calls.name(key), oldTail));
            oldTail = "";
        }
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }

    private void uploadPart() throws IOException {
        if (next > MAX_PART) {
            throw new IOException("The object " + key.uri() + " has more than " + MAX_PART
                    + " parts. Raise mediasaga.storage.s3.part-size");
        }
        if (unsynced == GAP) {
            throw new IOException("More than " + GAP + " parts of " + key.uri()
                    + " came in one piece that has to be checked as a whole. Upload it in smaller pieces");
        }
        if (uploadId.isEmpty()) {
            uploadId = parts.begin(key);
        }
        parts.upload(key, uploadId, next, buffer.body());
        numbers.set(next);
        buffer.clear();
        next++;
        unsynced++;
    }
}
