package io.mediasaga.orchestrator.console.kafka;

import java.util.List;

/**
 * A partition of a topic.
 *
 * @param begin the first offset that is kept
 * @param end the offset of the next record
 * @param leader id of the broker that leads it, -1 for none
 * @param inSync copies that are up to date
 */
record PartitionRow(int partition, long begin, long end, int leader, int inSync, int copies, List<Reader> readers) {

    /** How far a group is in the partition. */
    record Reader(String group, long offset, long lag) {}

    public long records() {
        return end - begin;
    }
}
