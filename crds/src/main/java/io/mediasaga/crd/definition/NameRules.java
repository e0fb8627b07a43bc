package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Compensation;
import io.mediasaga.crd.v1alpha1.EnvironmentVariable;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Participant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whatever is known by its name has a name of its own. */
final class NameRules {

    private NameRules() {}

    static void check(MediaSagaSpec spec, Violations violations) {
        Unique participants = new Unique(violations, "give each participant a name of its own");
        List<Participant> list = spec.participants();
        for (int i = 0; i < list.size(); i++) {
            participants.add(Paths.participant(i) + ".name", list.get(i).name());
            variables(Paths.participant(i), list.get(i).env(), violations);
        }
        new StepNames(violations).check(spec);
    }

    private static void variables(String path, List<EnvironmentVariable> env, Violations violations) {
        Unique names = new Unique(violations, "set each variable once");
        for (int i = 0; i < env.size(); i++) {
            names.add(path + ".env[" + i + "].name", env.get(i).name());
        }
    }

    /** Steps and compensations share one space of names: on the wire each of them is the step of its messages. */
    private static final class StepNames {

        private final Violations violations;
        private final Map<String, String> places = new HashMap<>();

        StepNames(Violations violations) {
            this.violations = violations;
        }

        void check(MediaSagaSpec spec) {
            for (int i = 0; i < spec.steps().size(); i++) {
                add(Paths.step(i) + ".name", spec.steps().get(i).name());
            }
            for (int i = 0; i < spec.steps().size(); i++) {
                Compensation compensation = spec.steps().get(i).compensation();
                if (compensation != null && compensation.name() != null) {
                    add(Paths.compensation(i) + ".name", compensation.name());
                }
            }
        }

        private void add(String path, String name) {
            String wireName = Names.wireName(name);
            String first = places.putIfAbsent(wireName, path);
            if (first != null) {
                violations.add(
                        path,
                        "'" + name + "' is " + wireName + " in messages, and so is " + first,
                        "give every step and every compensation a name of its own");
            }
        }
    }
}
