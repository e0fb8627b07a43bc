package io.mediasaga.operator.apply;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.mediasaga.operator.model.Names;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Who has written what, as the API server remembers it. */
final class FieldManagers {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FieldManagers() {}

    /** The manager, other than this operator, that last wrote the field or what is in it. */
    static Optional<String> of(HasMetadata object, FieldPath path) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> !Names.MANAGER.equals(entry.getManager()))
                .filter(entry -> entry.getSubresource() == null || entry.getSubresource().isEmpty())
                .filter(entry -> holds(entry, path))
                .max(Comparator.comparing(entry -> entry.getTime() == null ? "" : entry.getTime()))
                .map(ManagedFieldsEntry::getManager);
    }

    private static boolean holds(ManagedFieldsEntry entry, FieldPath path) {
        if (entry.getFieldsV1() == null) {
            return false;
        }
        Object place = entry.getFieldsV1().getAdditionalProperties();
        for (FieldPath.Step step : path.steps()) {
            String key = switch (step) {
                case FieldPath.Step.Field(String name) -> "f:" + name;
                case FieldPath.Step.Element(String name, Object value) ->
                    "k:" + JSON.writeValueAsString(Map.of(name, value));
                case FieldPath.Step.Index _ -> "";
            };
            if (!(place instanceof Map<?, ?> map)) {
                return true;
            }
            if (map.isEmpty() || key.isEmpty()) {
                return true; // it holds all of it
            }
            if (!map.containsKey(key)) {
                return false;
            }
            place = map.get(key);
        }
        return true;
    }
}
