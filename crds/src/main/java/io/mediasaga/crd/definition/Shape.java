package io.mediasaga.crd.definition;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the records of the API say of themselves. The CRD is generated from the very same declarations, so a bound
 * stands in one place and the API server and the validator cannot disagree on it.
 */
record Shape(List<Property> properties) {

    /** A field of a record. */
    record Property(RecordComponent component) {

        String name() {
            return component.getName();
        }

        Class<?> type() {
            return component.getType();
        }

        @Nullable Object valueIn(Record owner) {
            try {
                return component.getAccessor().invoke(owner);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("Cannot read " + component, e);
            }
        }

        /** What the list holds; only for lists. */
        AnnotatedType element() {
            return ((AnnotatedParameterizedType) component.getAnnotatedType()).getAnnotatedActualTypeArguments()[0];
        }

        <A extends Annotation> @Nullable A annotation(Class<A> type) {
            return component.getAccessor().getAnnotation(type);
        }

        String description() {
            JsonPropertyDescription description = annotation(JsonPropertyDescription.class);
            return description == null ? "" : description.value();
        }
    }

    static Shape of(Class<?> type) {
        return new Shape(Stream.of(type.getRecordComponents()).map(Property::new).toList());
    }

    @Nullable Property property(String name) {
        return properties.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
    }

    String names() {
        return properties.stream().map(Property::name).collect(Collectors.joining(", "));
    }

    /** The values of an enum as they are written. */
    static List<String> values(Class<?> type) {
        return Arrays.stream(type.getFields())
                .filter(Field::isEnumConstant)
                .map(field -> {
                    JsonProperty written = field.getAnnotation(JsonProperty.class);
                    return written == null ? field.getName() : written.value();
                })
                .toList();
    }
}
