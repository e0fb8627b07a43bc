package io.mediasaga.crd.definition;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot be read or must not be run. The message lists everything that is wrong, one line each. */
public final class InvalidDefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    /**
     * Makes one.
     *
     * @param source what was read, for people: a file name, or the name of a resource
     * @param violations at least one
     */
    public InvalidDefinitionException(String source, List<Violation> violations) {
        super(message(source, violations));
        this.violations = List.copyOf(violations);
    }

    /** Everything that is wrong. */
    public List<Violation> violations() {
        return violations;
    }

    private static String message(String source, List<Violation> violations) {
        String problems = violations.size() == 1 ? "1 problem" : violations.size() + " problems";
        return violations.stream()
                .map(violation -> "\n  " + violation)
                .collect(Collectors.joining("", source + " is no valid MediaSaga (" + problems + "):", ""));
    }
}
