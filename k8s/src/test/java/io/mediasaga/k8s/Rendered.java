package io.mediasaga.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** The objects that a chart was rendered to, in a stable order. */
record Rendered(List<JsonNode> objects) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.LITERAL_BLOCK_STYLE)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    static Rendered parse(String text) {
        List<JsonNode> objects = new ArrayList<>();
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text)) {
            values.forEachRemaining(each -> {
                if (each.isObject()) {
                    objects.add(each);
                }
            });
        }
        objects.sort(Comparator.comparing(Rendered::name));
        return new Rendered(List.copyOf(objects));
    }

    static String name(JsonNode object) {
        return object.path("kind").asString() + "/" + object.at("/metadata/name").asString();
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asString().equals(kind));
    }

    JsonNode get(String kind, String name) {
        return ofKind(kind)
                .filter(object -> object.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no " + kind + " " + name + " among "
                        + objects.stream().map(Rendered::name).toList()));
    }

    /** The specification of every pod that comes of these objects. */
    Stream<JsonNode> pods() {
        return objects.stream()
                .map(object -> object.path("kind").asString().equals("Pod") ? object.path("spec") : object.at("/spec/template/spec"))
                .filter(spec -> spec.has("containers"));
    }

    static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.of(pod.path("initContainers"), pod.path("containers"))
                .flatMap(all -> StreamSupport.stream(all.spliterator(), false));
    }

    static JsonNode read(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    /** As text, without what is random, a moment, or kept elsewhere as a file of its own. */
    String comparable() {
        StringBuilder text = new StringBuilder();
        for (JsonNode object : objects) {
            JsonNode shown = object.deepCopy();
            if (shown.path("kind").asString().equals("Secret")) {
                blank(shown.path("data"));
                blank(shown.path("stringData"));
            }
            if (isOperatorsRole(shown)) {
                ((ObjectNode) shown).put("rules", "…");
            }
            blank(shown.path("data"), "crds.yaml", "mediasaga-platform.json", "sample.yaml", "service.sql", "database.sh");
            text.append(YAML.writeValueAsString(shown));
        }
        return text.toString();
    }

    /** Its rules are the operator's own matter, and kept in its file. */
    static boolean isOperatorsRole(JsonNode object) {
        return object.path("kind").asString().matches("(Cluster)?Role")
                && object.at("/metadata/name").asString().matches(".*mediasaga-operator(-leader)?");
    }

    private static void blank(JsonNode map, String... keys) {
        if (map instanceof ObjectNode values) {
            List<String> chosen = keys.length == 0 ? List.copyOf(values.propertyNames()) : List.of(keys);
            chosen.stream().filter(values::has).forEach(key -> values.put(key, "…"));
        }
    }
}
