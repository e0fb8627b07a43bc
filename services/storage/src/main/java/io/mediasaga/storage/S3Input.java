package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * What is read of an object. When it is closed before its end the connection is dropped: reading the rest of a film to reuse a
 * connection would not pay. An answer that is cut off is a failure, which the JDK's HTTP client would pass as an end.
 */
final class S3Input extends InputStream {

    private final MediaKey key;
    private final ResponseInputStream<GetObjectResponse> response;
    private long left;

    S3Input(MediaKey key, ResponseInputStream<GetObjectResponse> response) {
        this.key = key;
        this.response = response;
        this.left = response.response().contentLength();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (left == 0 || length == 0) {
            return length == 0 ? 0 : -1;
        }
        int read;
        try {
            read = response.read(buffer, offset, (int) Math.min(length, left));
        } catch (IOException | UncheckedIOException | SdkException e) {
            throw cutOff(e);
        }
        if (read < 0) {
            throw cutOff(new IOException("the connection ended"));
        }
        left -= read;
        return read;
    }

    @Override
    public int available() throws IOException {
        return response.available();
    }

    @Override
    public void close() throws IOException {
        if (left == 0) {
            response.close();
        } else {
            response.abort();
        }
    }

    private StoreUnavailableException cutOff(Exception e) {
        return new StoreUnavailableException(
                "The S3 server stopped sending " + key.uri() + ", " + left + " bytes before its end (" + e.getMessage() + ")", false, e);
    }
}
