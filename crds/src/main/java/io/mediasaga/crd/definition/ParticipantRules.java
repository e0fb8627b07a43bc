package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import io.mediasaga.crd.v1alpha1.Participant;
import java.util.List;

/** Every step is somebody's. */
final class ParticipantRules {

    private ParticipantRules() {}

    static void check(MediaSagaSpec spec, Violations violations) {
        List<String> known = spec.participants().stream().map(Participant::name).toList();
        for (int i = 0; i < spec.steps().size(); i++) {
            String name = spec.steps().get(i).participant();
            if (!known.contains(name)) {
                violations.add(
                        Paths.step(i) + ".participant",
                        "'" + name + "' is no participant",
                        "use one of " + String.join(", ", known) + ", or add it to spec.participants");
            }
        }
    }
}
