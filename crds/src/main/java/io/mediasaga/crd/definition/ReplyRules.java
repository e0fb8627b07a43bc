package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Reply;
import io.mediasaga.crd.v1alpha1.Step;
import org.jspecify.annotations.Nullable;

/** Each reply is known by topic, type and step, and only the success of a step adds to the data. */
final class ReplyRules {

    private ReplyRules() {}

    static void check(MediaSagaSpec spec, Violations violations) {
        for (int i = 0; i < spec.steps().size(); i++) {
            Step step = spec.steps().get(i);
            distinct(Paths.step(i), step.success(), step.failure(), violations);
            keepsNothing(Paths.step(i) + ".failure", step.failure(), violations);
            Compensation compensation = step.compensation();
            if (compensation != null) {
                String path = Paths.compensation(i);
                distinct(path, compensation.success(), compensation.failure(), violations);
                keepsNothing(path + ".success", compensation.success(), violations);
                keepsNothing(path + ".failure", compensation.failure(), violations);
            }
        }
    }

    private static void distinct(
            String path, @Nullable Reply success, @Nullable Reply failure, Violations violations) {
        if (success != null
                && failure != null
                && success.topic().equals(failure.topic())
                && success.type().equals(failure.type())) {
            violations.add(
                    path + ".failure",
                    "cannot be told from success: both are " + failure.type() + " on " + failure.topic(),
                    "give it a type of its own");
        }
    }

    private static void keepsNothing(String path, @Nullable Reply reply, Violations violations) {
        if (reply != null && !reply.data().isEmpty()) {
            violations.add(
                    path + ".data",
                    "lists fields, but only those of a step's success are kept",
                    "remove it; code and reason of a failure are in the saga's history");
        }
    }
}
