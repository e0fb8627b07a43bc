package io.mediasaga.crd.definition;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a saga's data has to be like.
 *
 * @param required fields that a start has to give
 * @param optional fields that a start may give
 * @param generated fields that get a UUID when the start does not give them
 * @param keys fields by which sagas are searched
 * @param maxBytes the largest size of the data as JSON in UTF-8
 */
public record DataRules(
        List<String> required, List<String> optional, List<String> generated, List<String> keys, int maxBytes) {

    /** The largest data where a definition does not say. */
    public static final int DEFAULT_MAX_BYTES = 65_536;

    public DataRules {
        required = Absent.asEmpty(required);
        optional = Absent.asEmpty(optional);
        generated = Absent.asEmpty(generated);
        keys = Absent.asEmpty(keys);
    }

    /** Every field that a start may give. */
    public Set<String> startFields() {
        Set<String> fields = new LinkedHashSet<>(required);
        fields.addAll(optional);
        fields.addAll(generated);
        return fields;
    }
}
