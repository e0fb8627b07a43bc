package io.mediasaga.operator.apply;

import java.util.ArrayList;
import java.util.List;

/** Where in an object a field is. */
record FieldPath(List<Step> steps) {

    static final FieldPath ROOT = new FieldPath(List.of());

    /** A field of an object, or an element of a list. */
    sealed interface Step {
        /** A field by its name. */
        record Field(String name) implements Step {}

        /** The element of a list whose key field has the value. */
        record Element(String key, Object value) implements Step {}

        /** The element of a list at the index. */
        record Index(int index) implements Step {}
    }

    FieldPath field(String name) {
        return with(new Step.Field(name));
    }

    FieldPath element(String key, Object value) {
        return with(new Step.Element(key, value));
    }

    FieldPath index(int index) {
        return with(new Step.Index(index));
    }

    private FieldPath with(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new FieldPath(List.copyOf(longer));
    }

    /** As in {@code spec.template.spec.containers[service].image}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step) {
                case Step.Field(String name) -> text.append(text.isEmpty() ? "" : ".").append(name);
                case Step.Element(_, Object value) -> text.append('[').append(value).append(']');
                case Step.Index(int index) -> text.append('[').append(index).append(']');
            }
        }
        return text.toString();
    }
}
