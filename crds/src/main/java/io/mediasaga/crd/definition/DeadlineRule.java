package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Step;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The deadline holds every attempt of every step with the pauses between them. */
final class DeadlineRule {

    private static final int NAMED = 3;

    private DeadlineRule() {}

    static void check(MediaSagaSpec spec, Resolver resolver, Violations violations) {
        Map<String, Duration> longest = new LinkedHashMap<>();
        for (Step step : spec.steps()) {
            longest.put(step.name(), resolver.retry(step).longest(resolver.timeout(step.timeout())));
        }
        Duration total = longest.values().stream().reduce(Duration.ZERO, Duration::plus);
        if (total.compareTo(Durations.parse(spec.deadline())) > 0) {
            violations.add(
                    "spec.deadline",
                    "is " + spec.deadline() + ", but all attempts of all steps may take " + Durations.format(total),
                    "raise it, or lower timeouts and attempts; what takes longest: " + longestFirst(longest));
        }
    }

    private static String longestFirst(Map<String, Duration> steps) {
        return steps.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue(Comparator.reverseOrder()))
                .limit(NAMED)
                .map(step -> step.getKey() + " " + Durations.format(step.getValue()))
                .collect(Collectors.joining(", "));
    }
}
