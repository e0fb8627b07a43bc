package io.mediasaga.crd.definition;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.List;
/** stub */
public final class DefinitionValidator {
    public List<Violation> validate(String name, MediaSagaSpec spec) {
        Violations v = new Violations();
        new Bounds(v).check("spec", spec);
        return v.asList();
    }
}
