package io.mediasaga.standalone.platform;

/**
 * A platform that runs.
 *
 * @param process its process
 * @param address where its HTTP interface is, as in {@code http://127.0.0.1:8080}
 */
public record RunningPlatform(ProcessHandle process, String address) {}
