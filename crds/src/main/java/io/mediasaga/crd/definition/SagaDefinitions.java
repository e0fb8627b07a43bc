package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.List;

/** The way from a MediaSaga to what the orchestrator runs. */
public final class SagaDefinitions {

    private SagaDefinitions() {}

    /**
     * Reads one MediaSaga, checks it and fills in its defaults.
     *
     * @param text YAML or JSON
     * @param source what it is, for error messages: a file name, or the name of a resource
     * @throws InvalidDefinitionException when it cannot be read, breaks a rule, or is not the only one
     */
    public static SagaDefinition load(String text, String source) {
        List<SagaDocument> documents = new SagaParser().parse(text, source);
        if (documents.size() != 1) {
            throw new InvalidDefinitionException(
                    source,
                    List.of(new Violation(
                            "", 0, "holds " + documents.size() + " documents", "give one MediaSaga at a time")));
        }
        return documents.getFirst().resolve();
    }

    /**
     * Checks a spec and fills in its defaults.
     *
     * @param name the name of the resource
     * @throws InvalidDefinitionException when it breaks a rule
     */
    public static SagaDefinition resolve(String name, MediaSagaSpec spec) {
        List<Violation> violations = new DefinitionValidator().validate(name, spec);
        if (!violations.isEmpty()) {
            throw new InvalidDefinitionException(name, violations);
        }
        return Resolver.resolve(name, spec);
    }
}
