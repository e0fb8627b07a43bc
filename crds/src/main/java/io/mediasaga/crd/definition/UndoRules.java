package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.OnExhausted;
import io.mediasaga.crd.v1alpha1.Step;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Before the pivot every step can be undone; from the pivot on none. */
final class UndoRules {

    private UndoRules() {}

    static void check(MediaSagaSpec spec, Violations violations) {
        List<Step> steps = spec.steps();
        int pivot = -1;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (Resolver.isPivot(step)) {
                if (pivot >= 0) {
                    violations.add(
                            Paths.step(i) + ".pivot",
                            "is true, but " + steps.get(pivot).name() + " is the pivot already",
                            "keep one of them: after it there is no way back");
                } else {
                    pivot = i;
                }
            }
            if (pivot < 0) {
                undoable(i, step, violations);
            } else {
                notUndone(i, step, i == pivot ? null : steps.get(pivot).name(), violations);
            }
        }
    }

    private static void undoable(int index, Step step, Violations violations) {
        Compensation compensation = step.compensation();
        String path = Paths.compensation(index);
        if (compensation == null) {
            violations.add(
                    path,
                    "is missing, so " + step.name() + " could not be undone when a later step fails",
                    "add a compensation, or none with the reason why there is nothing to undo");
        } else if (compensation.none() == null) {
            complete(path, compensation, violations);
        } else if (!saysNothingElse(compensation)) {
            violations.add(
                    path + ".none",
                    "says that there is nothing to undo, yet something else stands beside it",
                    "keep either none or the compensation");
        }
    }

    private static void complete(String path, Compensation compensation, Violations violations) {
        String fix = "add it, or write none with the reason why there is nothing to undo";
        if (compensation.name() == null) {
            violations.add(path + ".name", "is missing", fix);
        }
        if (compensation.command() == null) {
            violations.add(path + ".command", "is missing", fix);
        }
        if (compensation.success() == null) {
            violations.add(path + ".success", "is missing", fix);
        }
    }

    private static boolean saysNothingElse(Compensation compensation) {
        return compensation.equals(new Compensation(compensation.none(), null, null, null, null, null, null));
    }

    private static void notUndone(int index, Step step, @Nullable String pivot, Violations violations) {
        if (step.compensation() != null) {
            violations.add(
                    Paths.compensation(index),
                    "is never used: the step " + (pivot == null ? "is the pivot" : "comes after the pivot " + pivot),
                    "remove it, or move the pivot");
        }
        if (pivot != null && step.onExhausted() == OnExhausted.COMPENSATE) {
            violations.add(
                    Paths.step(index) + ".onExhausted",
                    "is Compensate, but after the pivot " + pivot + " there is no way back",
                    "remove it or use Hold");
        }
    }
}
