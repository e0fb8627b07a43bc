package io.mediasaga.standalone.verify.audit;

import java.util.List;

/**
 * What became of one rule.
 *
 * @param rule what has to hold
 * @param violations how often it does not
 * @param examples some of them
 */
public record Finding(String rule, long violations, List<String> examples) {

    public Finding {
        examples = List.copyOf(examples);
    }

    /** Whether nothing violates it. */
    public boolean holds() {
        return violations == 0;
    }
}
