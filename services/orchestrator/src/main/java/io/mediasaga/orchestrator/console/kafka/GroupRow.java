package io.mediasaga.orchestrator.console.kafka;

/**
 * A consumer group.
 *
 * @param state as Kafka calls it
 * @param members how many consumers it has now
 * @param topics how many topics it has read
 * @param lag how many records it is behind, over all of them
 */
record GroupRow(String id, String state, int members, int topics, long lag) {}
