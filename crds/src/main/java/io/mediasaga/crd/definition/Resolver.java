package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Command;
import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.Data;
import io.mediasaga.crd.v1alpha1.Defaults;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.crd.v1alpha1.Reply;
import io.mediasaga.crd.v1alpha1.Retry;
import io.mediasaga.crd.v1alpha1.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills in every default. Works on specs within their bounds. */
final class Resolver {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final Duration timeout;
    private final RetryPolicy retry;

    Resolver(@Nullable Defaults defaults) {
        this.timeout = duration(defaults == null ? null : defaults.timeout(), DEFAULT_TIMEOUT);
        this.retry = retry(defaults == null ? null : defaults.retry(), RetryPolicy.DEFAULT);
    }

    static SagaDefinition resolve(String name, MediaSagaSpec spec) {
        Resolver resolver = new Resolver(spec.defaults());
        List<ResolvedStep> steps = new ArrayList<>();
        boolean pivotPassed = false;
        for (Step step : spec.steps()) {
            pivotPassed |= isPivot(step);
            steps.add(resolver.step(step, pivotPassed ? OnExhausted.HOLD : OnExhausted.COMPENSATE));
        }
        return new SagaDefinition(name, Durations.parse(spec.deadline()), data(spec.data()), steps);
    }

    static boolean isPivot(Step step) {
        return Boolean.TRUE.equals(step.pivot());
    }

    Duration timeout(@Nullable String own) {
        return duration(own, timeout);
    }

    RetryPolicy retry(@Nullable Retry own) {
        return retry(own, retry);
    }

    /** What is waited for cannot be tried again. */
    RetryPolicy retry(Step step) {
        return step.command() == null ? RetryPolicy.ONCE : retry(step.retry());
    }

    private ResolvedStep step(Step step, OnExhausted fallback) {
        Compensation compensation = step.compensation();
        String none = compensation == null ? null : compensation.none();
        return new ResolvedStep(
                step.name(),
                Names.wireName(step.name()),
                step.participant(),
                command(step.command()),
                reply(step.success()),
                step.failure() == null ? null : reply(step.failure()),
                timeout(step.timeout()),
                retry(step),
                compensation == null || none != null ? null : compensation(compensation),
                none,
                isPivot(step),
                Optional.ofNullable(step.onExhausted()).orElse(fallback));
    }

    private ResolvedCompensation compensation(Compensation compensation) {
        String name = Objects.requireNonNull(compensation.name());
        return new ResolvedCompensation(
                name,
                Names.wireName(name),
                Objects.requireNonNull(command(compensation.command())),
                reply(Objects.requireNonNull(compensation.success())),
                compensation.failure() == null ? null : reply(compensation.failure()),
                timeout(compensation.timeout()),
                retry(compensation.retry()));
    }

    private static @Nullable ResolvedCommand command(@Nullable Command command) {
        return command == null
                ? null
                : new ResolvedCommand(
                        command.topic(),
                        command.type(),
                        command.payload().stream().map(PayloadField::parse).toList());
    }

    private static ResolvedReply reply(Reply reply) {
        return new ResolvedReply(
                reply.topic(), reply.type(), reply.data().stream().map(KeptField::parse).toList());
    }

    private static DataRules data(@Nullable Data data) {
        if (data == null) {
            return new DataRules(List.of(), List.of(), List.of(), List.of(), DataRules.DEFAULT_MAX_BYTES);
        }
        int maxBytes = Optional.ofNullable(data.maxBytes()).orElse(DataRules.DEFAULT_MAX_BYTES);
        return new DataRules(data.required(), data.optional(), data.generated(), data.keys(), maxBytes);
    }

    private static RetryPolicy retry(@Nullable Retry own, RetryPolicy fallback) {
        if (own == null) {
            return fallback;
        }
        return new RetryPolicy(
                Optional.ofNullable(own.attempts()).orElse(fallback.attempts()),
                duration(own.backoff(), fallback.backoff()),
                Optional.ofNullable(own.multiplier()).orElse(fallback.multiplier()),
                duration(own.maxBackoff(), fallback.maxBackoff()));
    }

    private static Duration duration(@Nullable String own, Duration fallback) {
        return own == null ? fallback : Durations.parse(own);
    }
}
