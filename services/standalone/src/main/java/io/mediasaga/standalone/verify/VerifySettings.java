package io.mediasaga.standalone.verify;

import io.mediasaga.messaging.chaos.ChaosPlan;
import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Settings of the services that differ from those of an ordinary platform: shorter times, and the faults of the plan. */
final class VerifySettings {

    private static final int SKEW_MINUTES = 7;

    private final VerifyOptions options;
    private final Path definition;

    VerifySettings(VerifyOptions options, Path definition) {
        this.options = options;
        this.definition = definition;
    }

    /** For all services. */
    Map<String, String> common(Plan plan) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("mediasaga.definitions", definition.toString());
        settings.put("spring.datasource.hikari.maximum-pool-size", "8");
        // What has been sent is kept, with its place in the order of writing: the audit compares it with the topics.
        settings.put("mediasaga.messaging.outbox.keep", "7d");
        settings.put("mediasaga.messaging.retry.backoff", "300ms");
        settings.put("mediasaga.messaging.work.lease", "5s");
        settings.put("mediasaga.ingest.lease", "6s");
        settings.put("mediasaga.ingest.orphan-scan", "20s");
        settings.put("mediasaga.processing.cleanup.again", "20s");
        settings.put("mediasaga.publish.cleanup-again", "20s");
        chaos(plan.chaos(), settings);
        if (options.mode() == Mode.NAIVE) {
            naive(settings);
        }
        return settings;
    }

    private static void chaos(ChaosPlan chaos, Map<String, String> settings) {
        String prefix = "mediasaga.messaging.chaos.";
        settings.put(prefix + "seed", String.valueOf(chaos.seed()));
        settings.put(prefix + "drop-share", String.valueOf(chaos.dropShare()));
        settings.put(prefix + "delay-share", String.valueOf(chaos.delayShare()));
        settings.put(prefix + "delay", chaos.delay().toMillis() + "ms");
        settings.put(prefix + "fail-share", String.valueOf(chaos.failShare()));
        settings.put(prefix + "permanent-share", String.valueOf(chaos.permanentShare()));
    }

    /** A message that is not sent or not handled the first time stays so, and nobody takes over what another had begun. */
    private static void naive(Map<String, String> settings) {
        settings.put("mediasaga.messaging.chaos.drop-pause", "30d");
        settings.put("mediasaga.messaging.outbox.grace", "30d");
        settings.put("mediasaga.messaging.retry.attempts", "1");
        settings.put("mediasaga.messaging.work.lease", "1d");
    }

    /** For one replica: its clock is minutes ahead or behind. */
    Map<String, String> ofReplica(int index) {
        return options.has(FaultKind.SKEW)
                ? Map.of("mediasaga.messaging.chaos.clock-skew", (index % 2 == 0 ? index + 1 : -index) * SKEW_MINUTES + "m")
                : Map.of();
    }
}
