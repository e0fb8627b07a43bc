package io.mediasaga.crd.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A field of a reply that is kept, written {@code field} or {@code field as other}.
 *
 * @param field its name in the reply's payload
 * @param as its name in the saga's data
 */
public record KeptField(String field, String as) {

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when it is none
     */
    @JsonCreator
    public static KeptField parse(String text) {
        Renaming renaming = Renaming.parse(text);
        return new KeptField(renaming.from(), renaming.as() == null ? renaming.from() : renaming.as());
    }

    @JsonValue
    @Override
    public String toString() {
        return field.equals(as) ? field : field + " as " + as;
    }
}
