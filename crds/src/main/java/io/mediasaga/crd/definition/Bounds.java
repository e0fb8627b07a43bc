package io.mediasaga.crd.definition;

import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.mediasaga.crd.definition.Shape.Property;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Checks what the CRD's schema says as well: what has to be there, how long it may be, what it may look like. */
final class Bounds {

    private final Violations violations;

    Bounds(Violations violations) {
        this.violations = violations;
    }

    void check(String path, Record value) {
        for (Property property : Shape.of(value.getClass()).properties()) {
            String at = path + "." + property.name();
            Object component = property.valueIn(value);
            if (component == null || component instanceof List<?> list && list.isEmpty()) {
                required(at, property);
            } else {
                value(at, component, property.component().getAccessor());
                if (component instanceof List<?> list) {
                    elements(at, list, property);
                }
            }
        }
    }

    private void required(String path, Property property) {
        if (property.annotation(Required.class) != null) {
            violations.add(path, "is missing", "add it: " + property.description());
        }
    }

    private void elements(String path, List<?> list, Property property) {
        for (int i = 0; i < list.size(); i++) {
            String at = path + "[" + i + "]";
            Object element = list.get(i);
            if (element == null) {
                violations.add(at, "is empty", "give it a value or remove it");
            } else {
                value(at, element, property.element());
            }
        }
    }

    private void value(String path, Object value, AnnotatedElement bounds) {
        switch (value) {
            case String text -> text(path, text, bounds);
            case Number number -> number(path, number, bounds.getAnnotation(Min.class), bounds.getAnnotation(Max.class));
            case List<?> list -> size(path, list.size(), "entries", bounds);
            case Record record -> check(path, record);
            default -> {
                // Booleans and enums: any of their values will do.
            }
        }
    }

    private void text(String path, String text, AnnotatedElement bounds) {
        Pattern pattern = bounds.getAnnotation(Pattern.class);
        // The size first: patterns are matched against short texts only.
        boolean sized = size(path, text.codePointCount(0, text.length()), "characters", bounds);
        if (sized && pattern != null && !matches(text, pattern.value())) {
            violations.add(path, "'" + text + "' has the wrong form", "use " + Forms.inWords(pattern.value()));
        }
    }

    private boolean size(String path, long size, String unit, AnnotatedElement bounds) {
        Size allowed = bounds.getAnnotation(Size.class);
        if (allowed != null && size > allowed.max()) {
            violations.add(path, "has " + size + " " + unit, "at most " + allowed.max() + " are allowed");
        } else if (allowed != null && size < allowed.min()) {
            violations.add(path, "has " + size + " " + unit, "at least " + allowed.min() + " is necessary");
        } else {
            return true;
        }
        return false;
    }

    private void number(String path, Number number, @Nullable Min min, @Nullable Max max) {
        double value = number.doubleValue();
        double least = min == null ? Double.NEGATIVE_INFINITY : min.value();
        double most = max == null ? Double.POSITIVE_INFINITY : max.value();
        // Written so that what is not a number does not pass.
        if (!(value >= least && value <= most)) {
            violations.add(path, "is " + number, "use a number from " + (long) least + " to " + (long) most);
        }
    }

    /** As in the API server: anchored only where the pattern says so, and '$' is the very end. */
    private static boolean matches(String text, String pattern) {
        Matcher matcher = java.util.regex.Pattern.compile(pattern).matcher(text);
        return pattern.startsWith("^") ? matcher.matches() : matcher.find();
    }
}
