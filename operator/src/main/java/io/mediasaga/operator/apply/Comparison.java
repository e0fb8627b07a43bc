package io.mediasaga.operator.apply;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object has everything that is wanted of it. What others have added (defaults, sidecars, labels) does not
 * matter; amounts are equal when they mean the same.
 */
final class Comparison {

    /** By which field elements of lists are known, in order of preference; that is how the API server merges them. */
    private static final List<String> KEYS = List.of("name", "uid", "containerPort", "topologyKey");

    private Comparison() {}

    /** The first place where the actual lacks something wanted. */
    static Optional<FieldPath> difference(Map<String, Object> wanted, Map<String, Object> actual) {
        return Optional.ofNullable(map(FieldPath.ROOT, wanted, actual));
    }

    private static @Nullable FieldPath value(FieldPath path, @Nullable Object wanted, @Nullable Object actual) {
        return switch (wanted) {
            case null -> null;
            case Map<?, ?> map when actual instanceof Map<?, ?> other -> map(path, map, other);
            case Map<?, ?> map when actual == null && map.isEmpty() -> null;
            case List<?> list when actual instanceof List<?> other -> list(path, list, other);
            case List<?> list when actual == null && list.isEmpty() -> null;
            default -> scalarsEqual(wanted, actual) ? null : path;
        };
    }

    private static @Nullable FieldPath map(FieldPath path, Map<?, ?> wanted, Map<?, ?> actual) {
        for (Map.Entry<?, ?> entry : wanted.entrySet()) {
            String field = String.valueOf(entry.getKey());
            FieldPath found = value(path.field(field), entry.getValue(), actual.get(entry.getKey()));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable FieldPath list(FieldPath path, List<?> wanted, List<?> actual) {
        String key = key(wanted);
        if (key == null) {
            if (wanted.size() != actual.size()) {
                return path;
            }
            for (int i = 0; i < wanted.size(); i++) {
                FieldPath found = value(path.index(i), wanted.get(i), actual.get(i));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        for (Object element : wanted) {
            Object id = Objects.requireNonNull(((Map<?, ?>) element).get(key));
            FieldPath place = path.element(key, id);
            Object other = actual.stream()
                    .filter(candidate -> candidate instanceof Map<?, ?> map && scalarsEqual(id, map.get(key)))
                    .findFirst()
                    .orElse(null);
            FieldPath found = other == null ? place : value(place, element, other);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String key(List<?> elements) {
        return KEYS.stream()
                .filter(key -> !elements.isEmpty()
                        && elements.stream()
                                .allMatch(element -> element instanceof Map<?, ?> map && map.get(key) != null))
                .findFirst()
                .orElse(null);
    }

    private static boolean scalarsEqual(Object wanted, @Nullable Object actual) {
        if (wanted.equals(actual)) {
            return true;
        }
        if (actual == null) {
            return false;
        }
        if (wanted instanceof Number && actual instanceof Number) {
            return new BigDecimal(wanted.toString()).compareTo(new BigDecimal(actual.toString())) == 0;
        }
        return amountsEqual(wanted.toString(), actual.toString());
    }

    private static boolean amountsEqual(String wanted, String actual) {
        if (wanted.equals(actual)) {
            return true;
        }
        if (!Character.isDigit(wanted.isEmpty() ? 'x' : wanted.charAt(0))
                || !Character.isDigit(actual.isEmpty() ? 'x' : actual.charAt(0))
                || wanted.length() > 20
                || actual.length() > 20) {
            return false;
        }
        try {
            return Quantity.getAmountInBytes(new Quantity(wanted))
                            .compareTo(Quantity.getAmountInBytes(new Quantity(actual)))
                    == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
