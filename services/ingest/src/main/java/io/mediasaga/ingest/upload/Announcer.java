package io.mediasaga.ingest.upload;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.Json;
import io.mediasaga.messaging.Outbox;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.storage.MediaKey;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells sagas how their uploads ended, as part of the current transaction. */
@Component
class Announcer {

    private static final String STEP = "WAIT_FILE_UPLOADED";
    private static final String FAILED_TOPIC = "events.ingest.failed";

    private final Outbox outbox;
    private final Clock clock;

    Announcer(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Payload of {@code IngestUploaded}. */
    private record Uploaded(
            String uploadId, String assetId, String sourceUri, long sizeBytes, String sha256, String contentType) {}

    /** Payload of {@code IngestUploadFailed}. */
    private record Failed(String uploadId, String assetId, String code, String reason, boolean retryable) {}

    /** @param traceparent where in a trace the last bytes came */
    void uploaded(Upload upload, MediaKey key, String sha256, @Nullable String traceparent) {
        send(upload, traceparent, "uploaded", "events.ingest.uploaded", "IngestUploaded",
                new Uploaded(upload.id(), upload.assetId(), key.uri(), upload.size(), sha256, upload.contentType()));
    }

    /** @param notice how often it has been told before */
    void failed(Upload upload, Upload.Failure failure, int notice) {
        send(upload, UploadTraces.here(upload), "failed-" + notice, FAILED_TOPIC, "IngestUploadFailed",
                new Failed(upload.id(), upload.assetId(), failure.code(), failure.reason(), false));
    }

    private void send(
            Upload upload, @Nullable String traceparent, String what, String topic, String type, Object payload) {
        // The id is the same whenever the same thing is told, so telling twice by mistake would be seen.
        Envelope envelope = new Envelope(
                upload.id() + ":" + what,
                upload.sagaId(),
                type,
                STEP,
                clock.instant(),
                Json.write(payload),
                null,
                1,
                null);
        outbox.send(new OutgoingMessage(topic, upload.sagaId(), envelope, upload.requestId(), traceparent));
    }
}
