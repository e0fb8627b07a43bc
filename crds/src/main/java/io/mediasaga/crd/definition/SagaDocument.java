package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A MediaSaga that has been read: well-formed, but not checked against the rules yet. */
public final class SagaDocument {

    private final String source;
    private final @Nullable String namespace;
    private final String name;
    private final MediaSagaSpec spec;
    private final SourceLines lines;

    SagaDocument(String source, @Nullable String namespace, String name, MediaSagaSpec spec, SourceLines lines) {
        this.source = source;
        this.namespace = namespace;
        this.name = name;
        this.spec = spec;
        this.lines = lines;
    }

    /** The name in its metadata. */
    public String name() {
        return name;
    }

    /** The namespace in its metadata, if there is one. */
    public @Nullable String namespace() {
        return namespace;
    }

    /** What it says. */
    public MediaSagaSpec spec() {
        return spec;
    }

    /** Everything in it that breaks a rule, with its line; empty when it can be run. */
    public List<Violation> violations() {
        return new DefinitionValidator().validate(name, spec).stream()
                .map(violation -> violation.atLine(lines.of(violation.path())))
                .toList();
    }

    /**
     * What the orchestrator runs.
     *
     * @throws InvalidDefinitionException when it breaks a rule
     */
    public SagaDefinition resolve() {
        List<Violation> violations = violations();
        if (!violations.isEmpty()) {
            throw new InvalidDefinitionException(source, violations);
        }
        return Resolver.resolve(name, spec);
    }
}
