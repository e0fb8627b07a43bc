package io.mediasaga.ingest.upload;

import java.io.IOException;
import java.io.InputStream;

/** Reads what a client sends, and tells its failures from those of the store. */
final class ClientBody {

    private final InputStream in;
    private final long announced;
    private long read;

    ClientBody(Chunk chunk) {
        this.in = chunk.body();
        this.announced = chunk.length();
    }

    /**
     * Reads into the buffer.
     *
     * @return the number of bytes, -1 at the end
     * @throws CutOffException when the client has gone, or stopped before what it announced
     */
    int read(byte[] buffer, int offset, int length) throws CutOffException {
        int count;
        try {
            count = in.read(buffer, offset, length);
        } catch (IOException e) {
            throw new CutOffException(e);
        }
        read += Math.max(count, 0);
        if (count < 0 && read < announced) {
            throw new CutOffException(new IOException("The body ended after " + read + " of " + announced + " bytes"));
        }
        return count;
    }

    /** The client stopped sending. */
    static final class CutOffException extends Exception {
        private static final long serialVersionUID = 1L;

        CutOffException(IOException cause) {
            super(cause);
        }
    }
}
