package io.mediasaga.messaging.outbox;

import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Traceparent;
import io.mediasaga.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One send of a row. Where the row is part of a trace that is told, it is a span from here to the broker's answer, and whoever takes
 * the record continues from it; a row that is sent again gets another one.
 */
final class Sending {

    private final OutboxRow row;
    private final Map<String, String> headers;
    private final @Nullable TraceSpan span;

    Sending(OutboxRow row, Tracing tracing) {
        this.row = row;
        Map<String, String> written = HeaderText.read(row.headers());
        String parent = tracing.isOn() ? Traceparent.valid(written.get(Traceparent.HEADER)) : null;
        if (!tracing.tells(parent)) {
            this.span = null;
            this.headers = written;
            return;
        }
        this.span = tracing.begin(SpanKind.PRODUCER, "publish " + row.topic(), parent)
                .with("messaging.system", "kafka")
                .with("messaging.destination.name", row.topic())
                .with("mediasaga.outbox_id", row.id());
        this.headers = new LinkedHashMap<>(written);
        String here = span.traceparent();
        if (here != null) {
            headers.put(Traceparent.HEADER, here);
        }
    }

    ProducerRecord<byte[], byte[]> record() {
        return new ProducerRecord<>(
                row.topic(), null, RecordKeys.toBytes(row.recordKey()), row.value(), HeaderText.toHeaders(headers));
    }

    void answered(@Nullable RecordMetadata metadata, @Nullable Exception error) {
        if (span == null) {
            return;
        }
        if (error != null) {
            span.failed(error.toString());
        } else if (metadata != null) {
            span.with("messaging.destination.partition.id", Integer.toString(metadata.partition()))
                    .with("messaging.kafka.offset", metadata.offset());
        }
        span.end();
    }
}
