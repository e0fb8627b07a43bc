package io.mediasaga.orchestrator.console.kafka;

/**
 * A topic in the list.
 *
 * @param records how many offsets lie between its beginnings and its ends
 * @param lag how far its readers are behind, all groups together
 * @param groups how many groups have read it
 */
record TopicRow(String name, int partitions, int copies, long records, long lag, int groups) {}
