package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Limits;
import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Says what is wrong with a definition: the one authority on it. The CRD's schema and its CEL rules hold as much of it
 * as they can, so that most of it is refused when it is applied; what passes there but not here is refused by operator
 * and orchestrator. Thread-safe.
 */
public final class DefinitionValidator {

    private static final Pattern NAME = Pattern.compile(Limits.DNS_LABEL);

    /** The longest name: what derives from it stays a legal label. */
    private static final int NAME_LENGTH = 63;

    private static final List<Rule> RULES = List.of(
            NameRules::check,
            ParticipantRules::check,
            UndoRules::check,
            TimeRules::check,
            ReplyRules::check,
            TopicRules::check,
            FieldRules::check,
            CapacityRules::check);

    /** One part of what makes a definition safe. Looks only at specs within their bounds. */
    @FunctionalInterface
    private interface Rule {
        void check(MediaSagaSpec spec, Violations violations);
    }

    /**
     * Checks a definition. As in the API server, what has the wrong form is told first, and alone.
     *
     * @param name the name of the resource
     * @return everything that is wrong; empty when it can be run
     */
    public List<Violation> validate(String name, MediaSagaSpec spec) {
        Violations violations = new Violations();
        if (name.length() > NAME_LENGTH || !NAME.matcher(name).matches()) {
            violations.add(
                    "metadata.name",
                    "'" + name + "' has the wrong form",
                    "use " + Forms.inWords(Limits.DNS_LABEL) + ", at most " + NAME_LENGTH + " characters");
        }
        new Bounds(violations).check("spec", spec);
        if (violations.isEmpty()) {
            RULES.forEach(rule -> rule.check(spec, violations));
        }
        return violations.asList();
    }
}
