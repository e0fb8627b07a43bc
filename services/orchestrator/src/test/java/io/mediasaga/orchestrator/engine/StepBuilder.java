package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.KeptField;
import io.mediasaga.crd.definition.Names;
import io.mediasaga.crd.definition.PayloadField;
import io.mediasaga.crd.definition.ResolvedCommand;
import io.mediasaga.crd.definition.ResolvedCompensation;
import io.mediasaga.crd.definition.ResolvedReply;
import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.RetryPolicy;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Makes steps for tests in few words; topics and types are derived from the name. */
final class StepBuilder {

    private final String name;
    private boolean command = true;
    private List<PayloadField> payload = List.of();
    private List<KeptField> kept = List.of();
    private boolean compensated = true;
    private boolean pivot;
    private OnExhausted onExhausted = OnExhausted.COMPENSATE;
    private Duration timeout = Duration.ofSeconds(10);
    private RetryPolicy retry = new RetryPolicy(3, Duration.ofSeconds(1), 2, Duration.ofSeconds(30));

    private StepBuilder(String name) {
        this.name = name;
    }

    static StepBuilder step(String name) {
        return new StepBuilder(name);
    }

    StepBuilder sending(String... fields) {
        payload = Arrays.stream(fields).map(PayloadField::parse).toList();
        return this;
    }

    StepBuilder keeping(String... fields) {
        kept = Arrays.stream(fields).map(KeptField::parse).toList();
        return this;
    }

    StepBuilder waiting() {
        command = false;
        retry = RetryPolicy.ONCE;
        return this;
    }

    StepBuilder nothingToUndo() {
        compensated = false;
        return this;
    }

    StepBuilder pivot() {
        pivot = true;
        onExhausted = OnExhausted.HOLD;
        return nothingToUndo();
    }

    StepBuilder afterPivot() {
        onExhausted = OnExhausted.HOLD;
        return nothingToUndo();
    }

    StepBuilder onExhausted(OnExhausted what) {
        onExhausted = what;
        return this;
    }

    StepBuilder timeout(Duration duration) {
        timeout = duration;
        return this;
    }

    StepBuilder attempts(int attempts) {
        retry = new RetryPolicy(attempts, retry.backoff(), retry.multiplier(), retry.maxBackoff());
        return this;
    }

    ResolvedStep build() {
        String topic = name.toLowerCase(Locale.ROOT);
        ResolvedCommand sent = command ? new ResolvedCommand("commands." + topic, name, payload) : null;
        ResolvedCompensation undo = compensated ? compensation(topic) : null;
        return new ResolvedStep(
                name, Names.wireName(name), "worker", sent,
                new ResolvedReply("events." + topic, name + "Done", kept),
                new ResolvedReply("events." + topic, name + "Failed", List.of()),
                timeout, retry, undo, undo == null && !pivot ? name + " leaves nothing" : null, pivot, onExhausted);
    }

    private ResolvedCompensation compensation(String topic) {
        String undo = "Undo" + name;
        var fields = List.of(PayloadField.parse("saga.reason"), PayloadField.parse("saga.failed_step as failed"));
        return new ResolvedCompensation(
                undo, Names.wireName(undo), new ResolvedCommand("commands." + topic + ".undo", undo, fields),
                new ResolvedReply("events." + topic, undo + "Done", List.of()),
                new ResolvedReply("events." + topic, undo + "Failed", List.of()),
                Duration.ofSeconds(5), new RetryPolicy(2, Duration.ofSeconds(1), 2, Duration.ofSeconds(30)));
    }
}
