package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.Kafka;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Retry;
import io.mediasaga.crd.v1alpha1.Secrets;
import io.mediasaga.crd.v1alpha1.Step;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Every wait ends, and all of them together end before the deadline. */
final class TimeRules {

    private static final Duration LONGEST = Duration.ofDays(365);

    private final MediaSagaSpec spec;
    private final Violations violations;
    private final Resolver resolver;

    private TimeRules(MediaSagaSpec spec, Violations violations) {
        this.spec = spec;
        this.violations = violations;
        this.resolver = new Resolver(spec.defaults());
    }

    static void check(MediaSagaSpec spec, Violations violations) {
        new TimeRules(spec, violations).check();
    }

    private void check() {
        boolean sound = wait("spec.deadline", spec.deadline());
        if (spec.defaults() != null) {
            sound &= wait("spec.defaults.timeout", spec.defaults().timeout());
            sound &= retry("spec.defaults.retry", spec.defaults().retry());
        }
        for (int i = 0; i < spec.steps().size(); i++) {
            sound &= step(Paths.step(i), spec.steps().get(i));
        }
        kept(spec.kafka(), spec.secrets());
        if (sound) {
            DeadlineRule.check(spec, resolver, violations);
        }
    }

    private boolean step(String path, Step step) {
        boolean sound = wait(path + ".timeout", step.timeout());
        if (step.command() != null) {
            sound &= retry(path + ".retry", step.retry());
        } else {
            sound &= withoutCommand(path, step);
        }
        Compensation compensation = step.compensation();
        if (compensation != null) {
            sound &= wait(path + ".compensation.timeout", compensation.timeout());
            sound &= retry(path + ".compensation.retry", compensation.retry());
        }
        return sound;
    }

    private boolean withoutCommand(String path, Step step) {
        if (step.timeout() == null) {
            violations.add(
                    path + ".timeout",
                    "is missing, and the step has no command: it waits for somebody else's doing",
                    "say how long it waits");
        }
        if (step.retry() != null) {
            violations.add(
                    path + ".retry",
                    "makes no sense without a command: there is nothing to send again",
                    "remove it, or add a command");
        }
        return step.timeout() != null && step.retry() == null;
    }

    private boolean retry(String path, @Nullable Retry retry) {
        if (retry == null) {
            return true;
        }
        boolean sound = notTooLong(path + ".backoff", retry.backoff());
        sound &= notTooLong(path + ".maxBackoff", retry.maxBackoff());
        RetryPolicy policy = resolver.retry(retry);
        if (sound && policy.backoff().compareTo(policy.maxBackoff()) > 0) {
            violations.add(
                    path + (retry.backoff() == null ? ".maxBackoff" : ".backoff"),
                    "makes the first pause (" + Durations.format(policy.backoff()) + ") longer than the longest ("
                            + Durations.format(policy.maxBackoff()) + ")",
                    "lower backoff or raise maxBackoff");
            return false;
        }
        return sound;
    }

    private void kept(@Nullable Kafka kafka, @Nullable Secrets secrets) {
        if (kafka != null) {
            wait("spec.kafka.retention", kafka.retention());
            wait("spec.kafka.deadLetterRetention", kafka.deadLetterRetention());
        }
        if (secrets != null) {
            wait("spec.secrets.refreshInterval", secrets.refreshInterval());
        }
    }

    private boolean wait(String path, @Nullable String text) {
        if (text != null && Durations.parse(text).isZero()) {
            violations.add(path, "is " + text + ", no time at all", "use at least 1ms");
            return false;
        }
        return notTooLong(path, text);
    }

    private boolean notTooLong(String path, @Nullable String text) {
        if (text != null && Durations.parse(text).compareTo(LONGEST) > 0) {
            violations.add(path, "is " + text, "use at most 365d");
            return false;
        }
        return true;
    }
}
