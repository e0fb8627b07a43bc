package io.mediasaga.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * How an {@link EmbeddedKafka} is to run.
 *
 * @param directory where its logs are kept; made when absent, used again when present
 * @param port port on 127.0.0.1, 0 for a free one
 * @param settings broker settings that go before the defaults
 */
public record KafkaOptions(Path directory, int port, Map<String, String> settings) {

    /** One node, little memory, and no waiting for members that will not come. */
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("delete.topic.enable", "true"),
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"),
            Map.entry("log.cleaner.dedupe.buffer.size", "4194304"),
            Map.entry("log.cleaner.io.buffer.size", "131072"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("log.segment.bytes", "134217728"),
            Map.entry("metric.reporters", ""),
            // a busy laptop must not look like a dead broker
            Map.entry("broker.session.timeout.ms", "30000"));

    public KafkaOptions {
        settings = Map.copyOf(settings);
    }

    /** Data kept in the folder, any free port, the default settings. */
    public static KafkaOptions in(Path directory) {
        return new KafkaOptions(directory, 0, Map.of());
    }

    /** The same on a given port. */
    public KafkaOptions withPort(int newPort) {
        return new KafkaOptions(directory, newPort, settings);
    }

    /** The same with one more broker setting. */
    public KafkaOptions with(String setting, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(setting, value);
        return new KafkaOptions(directory, port, more);
    }

    Map<String, String> effective(Path logs, int brokerPort, int controllerPort) {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.putAll(settings);
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(brokerPort, controllerPort));
        all.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + brokerPort);
        all.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        all.put("log.dirs", logs.toString());
        return all;
    }
}
