package io.mediasaga.ingest.upload;

import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Traceparent;
import io.mediasaga.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Uploads in the traces of their sagas, whatever trace the client's request is part of. */
@Component
class UploadTraces {

    private final Tracing tracing;

    UploadTraces(Tracing tracing) {
        this.tracing = tracing;
    }

    /** Begins the span of a request that brings bytes; nothing where neither the saga nor the request is part of a trace. */
    TraceSpan receive(Upload upload, Chunk chunk) {
        String parent = here(upload);
        if (parent == null) {
            return Tracing.child("receive upload");
        }
        return tracing.begin(SpanKind.SERVER, "receive upload", parent)
                .with("mediasaga.saga_id", upload.sagaId())
                .with("mediasaga.upload_id", upload.id())
                .with("mediasaga.offset", chunk.offset())
                .with("mediasaga.bytes", chunk.length());
    }

    /** Where the upload is in a trace: in this request, if that is in the saga's, else where it was prepared. */
    static @Nullable String here(Upload upload) {
        return here(upload, Traceparent.current());
    }

    /** The same for a request that is not this thread's. */
    static @Nullable String here(Upload upload, @Nullable String request) {
        String prepared = upload.traceparent();
        if (prepared == null || request == null) {
            return prepared == null ? request : prepared;
        }
        return Traceparent.traceId(prepared).equals(Traceparent.traceId(request)) ? request : prepared;
    }
}
