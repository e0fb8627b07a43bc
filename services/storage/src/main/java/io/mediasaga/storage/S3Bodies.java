package io.mediasaga.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import software.amazon.awssdk.core.sync.RequestBody;

/** What is sent, without being copied; the SDK reads it again to sign it, and when it tries again. */
final class S3Bodies {

    private static final String TYPE = "application/octet-stream";

    private S3Bodies() {}

    static RequestBody of(byte[] bytes) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, TYPE);
    }

    /** A piece of a file, which has to stay open and as it is until it is sent. */
    static RequestBody of(FileChannel file, long from, long length) {
        return RequestBody.fromContentProvider(() -> new Piece(file, from, from + length), length, TYPE);
    }

    private static final class Piece extends InputStream {
        private final FileChannel file;
        private final long end;
        private long at;

        Piece(FileChannel file, long from, long end) {
            this.file = file;
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length > 0 && at >= end) {
                return -1;
            }
            int read = file.read(ByteBuffer.wrap(buffer, offset, (int) Math.min(length, end - at)), at);
            at += Math.max(read, 0);
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(end - at, Integer.MAX_VALUE);
        }
    }
}
