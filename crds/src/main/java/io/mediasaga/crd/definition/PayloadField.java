package io.mediasaga.crd.definition;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A field of a command's payload and where it comes from, written {@code source} or {@code source as other}. */
public sealed interface PayloadField {

    /** Its name in the payload. */
    String as();

    /** The form in which it is written in a definition. */
    @JsonValue
    String written();

    /**
     * A field of the saga's data; left out of the payload when the data does not have it.
     *
     * @param field its name in the data
     * @param as its name in the payload
     */
    record OfData(String field, String as) implements PayloadField {
        @Override
        public String written() {
            return field.equals(as) ? field : field + " as " + as;
        }
    }

    /**
     * Something that the engine knows of the saga; left out of the payload when there is none.
     *
     * @param field what it is
     * @param as its name in the payload
     */
    record OfSaga(SagaField field, String as) implements PayloadField {
        @Override
        public String written() {
            String source = SagaField.PREFIX + field.key();
            return field.key().equals(as) ? source : source + " as " + as;
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when it is none
     */
    @JsonCreator
    static PayloadField parse(String text) {
        Renaming renaming = Renaming.parse(text);
        if (renaming.from().startsWith(SagaField.PREFIX)) {
            SagaField field = SagaField.of(renaming.from());
            return new OfSaga(field, renaming.as() == null ? field.key() : renaming.as());
        }
        return new OfData(renaming.from(), renaming.as() == null ? renaming.from() : renaming.as());
    }
}
