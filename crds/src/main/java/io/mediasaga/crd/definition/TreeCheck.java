package io.mediasaga.crd.definition;

import io.mediasaga.crd.definition.Shape.Property;
import java.lang.reflect.AnnotatedType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Checks that a document has the fields and types of the API, as strictly as the API server does; all that is wrong is
 * found at once, which binding does not do.
 */
final class TreeCheck {

    private final Violations violations;

    TreeCheck(Violations violations) {
        this.violations = violations;
    }

    void check(String path, JsonNode node, Class<?> type) {
        if (type.isRecord()) {
            record(path, node, Shape.of(type));
        } else if (type.isEnum()) {
            oneOf(path, node, Shape.values(type));
        } else if (!fits(node, type)) {
            wrongType(path, node, inWords(type));
        }
    }

    private void record(String path, JsonNode node, Shape shape) {
        if (!node.isObject()) {
            wrongType(path, node, "an object with the fields " + shape.names());
            return;
        }
        node.properties().forEach(entry -> {
            Property property = shape.property(entry.getKey());
            if (property == null) {
                violations.add(path + "." + entry.getKey(), "is no known field", suggestion(entry.getKey(), shape));
            } else if (property.type() == List.class) {
                list(path + "." + entry.getKey(), entry.getValue(), property.element());
            } else {
                check(path + "." + entry.getKey(), entry.getValue(), property.type());
            }
        });
    }

    private void list(String path, JsonNode node, AnnotatedType element) {
        Class<?> type = (Class<?>) element.getType();
        if (!node.isArray()) {
            wrongType(path, node, "a list of " + (type.isRecord() ? "objects" : "texts"));
            return;
        }
        for (int i = 0; i < node.size(); i++) {
            check(path + "[" + i + "]", node.get(i), type);
        }
    }

    private void oneOf(String path, JsonNode node, List<String> values) {
        if (!node.isString() || !values.contains(node.stringValue())) {
            String found = node.isString() ? "'" + node.stringValue() + "'" : found(node);
            violations.add(path, "is " + found, "use one of " + String.join(", ", values));
        }
    }

    private void wrongType(String path, JsonNode node, String expected) {
        violations.add(path, "is " + found(node), "it has to be " + expected);
    }

    private static boolean fits(JsonNode node, Class<?> type) {
        if (type == String.class) {
            return node.isString();
        }
        if (type == Boolean.class) {
            return node.isBoolean();
        }
        if (type == Integer.class) {
            return node.canConvertToInt() && node.isIntegralNumber();
        }
        if (type == Long.class) {
            return node.canConvertToLong() && node.isIntegralNumber();
        }
        return type == Double.class && node.isNumber();
    }

    private static String inWords(Class<?> type) {
        if (type == String.class) {
            return "a text (in quotes where it looks like a number)";
        }
        return type == Boolean.class ? "true or false" : type == Double.class ? "a number" : "a whole number";
    }

    private static String found(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "the text '" + node.stringValue() + "'";
            case NULL, MISSING -> "empty";
            case BOOLEAN, NUMBER -> node.toString();
            default -> node.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String suggestion(String wrong, Shape shape) {
        String near = nearest(wrong, shape);
        return near == null ? "there are " + shape.names() : "did you mean " + near + "?";
    }

    /** A known name that differs in case or by two letters at most. */
    private static @Nullable String nearest(String wrong, Shape shape) {
        return shape.properties().stream()
                .map(Property::name)
                .filter(name -> name.equalsIgnoreCase(wrong) || Spelling.distance(name, wrong) <= 2)
                .findFirst()
                .orElse(null);
    }
}
