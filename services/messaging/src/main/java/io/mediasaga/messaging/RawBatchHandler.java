package io.mediasaga.messaging;

import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes records as they are, envelope or not. Called inside one transaction, possibly more than once for a record: the
 * handler has to be idempotent by topic, partition and offset. When it throws, the batch is tried again until it passes.
 */
public interface RawBatchHandler {

    /** The topics to listen to. Asked again after {@link Subscriptions#refresh}. */
    Set<String> topics();

    /** Handles the records, in their order. */
    void handle(List<ConsumerRecord<byte[], byte[]>> records);
}
