package io.mediasaga.standalone.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;

/** Sends a file by tus 1.0, in pieces; goes on where the platform has it when something comes between. */
final class TusUpload {

    private static final Duration PIECE_TIME = Duration.ofMinutes(5);
    private static final int ATTEMPTS_WITHOUT_PROGRESS = 8;

    private final ApiClient api;
    private final URI address;
    private final String token;
    private final SendingPace pace;

    TusUpload(ApiClient api, URI address, String token, SendingPace pace) {
        this.api = api;
        this.address = address;
        this.token = token;
        this.pace = pace;
    }

    /**
     * Sends what the platform does not have yet.
     *
     * @param progress is told how many bytes the platform has
     */
    void send(LocalFile file, LongConsumer progress) {
        int failures = 0;
        long offset = -1;
        while (offset < file.size()) {
            try {
                long before = offset < 0 ? offset() : offset;
                progress.accept(before);
                offset = before < file.size() ? sendPiece(file, before) : before;
                failures = 0;
                if (offset < file.size() && pace.pause().isPositive()) {
                    Pause.of(pace.pause());
                }
            } catch (UnreachableException | ApiException e) {
                if (++failures >= ATTEMPTS_WITHOUT_PROGRESS || (e instanceof ApiException refused && !worthAnotherTry(refused))) {
                    throw e;
                }
                offset = -1; // ask where it stands
                Pause.of(Duration.ofMillis(250L << Math.min(failures, 5)));
            }
        }
        progress.accept(file.size());
    }

    /** A conflict of offsets or a lock still held by the request that broke off resolve themselves. */
    private static boolean worthAnotherTry(ApiException refused) {
        return refused.isPassing() || refused.status() == 409 || refused.status() == 423 || refused.status() == 460;
    }

    private long offset() {
        HttpResponse<String> response = api.exchange(
                request().method("HEAD", BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        api.requireSuccess(response);
        return offsetOf(response);
    }

    private long sendPiece(LocalFile file, long offset) {
        long length = Math.min(pace.pieceBytes(file.size()), file.size() - offset);
        HttpRequest request = request()
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", String.valueOf(offset))
                .method("PATCH", BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> piece(file, offset, length)), length))
                .build();
        HttpResponse<String> response = api.exchange(request, BodyHandlers.ofString());
        api.requireSuccess(response);
        return offsetOf(response);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(address)
                .timeout(PIECE_TIME)
                .header("Tus-Resumable", "1.0.0")
                .header("Authorization", "Bearer " + token);
    }

    private static long offsetOf(HttpResponse<String> response) {
        return response.headers().firstValueAsLong("Upload-Offset").orElseThrow(() -> new ApiException(
                response.statusCode(), null, "The platform does not say how much of the upload it has (header Upload-Offset)"));
    }

    private static InputStream piece(LocalFile file, long offset, long length) {
        try {
            FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ);
            channel.position(offset);
            return new LimitedStream(Channels.newInputStream(channel), length);
        } catch (IOException e) {
            throw new LocalFileException("The file " + file.path() + " cannot be read: " + e.getMessage());
        }
    }
}
