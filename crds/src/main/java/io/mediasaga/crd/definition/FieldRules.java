package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Command;
import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.Data;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Step;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command takes from the data only what can be there by then. */
final class FieldRules {

    private static final Set<SagaField> WHEN_UNDONE = Set.of(SagaField.REASON, SagaField.FAILED_STEP);

    private final Violations violations;
    private final Set<String> known = new LinkedHashSet<>();

    private FieldRules(Violations violations) {
        this.violations = violations;
    }

    static void check(MediaSagaSpec spec, Violations violations) {
        new FieldRules(violations).check(spec);
    }

    private void check(MediaSagaSpec spec) {
        if (spec.data() != null) {
            declared(spec.data());
        }
        for (int i = 0; i < spec.steps().size(); i++) {
            Step step = spec.steps().get(i);
            payload(Paths.step(i), step.command(), false);
            kept(Paths.step(i) + ".success.data", step.success().data());
            Compensation compensation = step.compensation();
            if (compensation != null) {
                payload(Paths.compensation(i), compensation.command(), true);
            }
        }
        if (spec.data() != null) {
            keys(spec.data().keys());
        }
    }

    private void declared(Data data) {
        Unique unique = new Unique(violations, "list each field once, as required, optional or generated");
        add(unique, "spec.data.required", data.required());
        add(unique, "spec.data.optional", data.optional());
        add(unique, "spec.data.generated", data.generated());
    }

    private void add(Unique unique, String path, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            unique.add(path + "[" + i + "]", fields.get(i));
        }
        known.addAll(fields);
    }

    private void kept(String path, List<String> entries) {
        Unique names = new Unique(violations, "keep each field once, or rename one as in 'field as other'");
        for (int i = 0; i < entries.size(); i++) {
            String name = KeptField.parse(entries.get(i)).as();
            names.add(path + "[" + i + "]", name);
            known.add(name);
        }
    }

    private void payload(String owner, @Nullable Command command, boolean undoing) {
        List<String> entries = command == null ? List.of() : command.payload();
        Unique names = new Unique(violations, "send each field once, or rename one as in 'field as other'");
        for (int i = 0; i < entries.size(); i++) {
            String path = owner + ".command.payload[" + i + "]";
            PayloadField field = PayloadField.parse(entries.get(i));
            names.add(path, field.as());
            source(path, field, undoing);
        }
    }

    private void source(String path, PayloadField field, boolean undoing) {
        switch (field) {
            case PayloadField.OfData(String name, String _) when !known.contains(name) ->
                violations.add(
                        path,
                        "'" + name + "' is not in the saga's data by then",
                        "declare it in spec.data, or keep it from the reply of an earlier step; known are "
                                + (known.isEmpty() ? "none" : String.join(", ", known)));
            case PayloadField.OfSaga(SagaField name, String _) when !undoing && WHEN_UNDONE.contains(name) ->
                violations.add(
                        path,
                        "'" + field.written() + "' is known only while a saga is undone",
                        "remove it; only commands of compensations can have it");
            default -> {
                // Known.
            }
        }
    }

    private void keys(List<String> keys) {
        Unique unique = new Unique(violations, "list each key once");
        for (int i = 0; i < keys.size(); i++) {
            String path = "spec.data.keys[" + i + "]";
            unique.add(path, keys.get(i));
            if (!known.contains(keys.get(i))) {
                violations.add(
                        path,
                        "'" + keys.get(i) + "' is never in the saga's data",
                        "declare it in spec.data as required, optional or generated, or keep it from a reply");
            }
        }
    }
}
