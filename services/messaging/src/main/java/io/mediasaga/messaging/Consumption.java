package io.mediasaga.messaging;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the service, over all of its replicas, has come with what Kafka has for its handlers. Each call asks Kafka and takes
 * a few seconds at most. Thread-safe.
 */
public interface Consumption {

    /**
     * Where the topics that the service listens to end at this moment. A topic that is not there, or a partition without a
     * leader, is left out.
     *
     * @throws KafkaAwayException when the broker does not answer
     */
    Mark mark();

    /**
     * How many records before the mark have not been taken yet. None: the transactions that handled them, or set them aside,
     * have committed. (Up to the moment of the mark, replies that were there have had their effect.)
     *
     * @throws KafkaAwayException when the broker does not answer
     */
    long remaining(Mark mark);

    /** Ends of partitions at one moment: the offset that the next record of each gets. */
    record Mark(Map<TopicPartition, Long> ends) {
        public Mark {
            ends = Map.copyOf(ends);
        }
    }
}
