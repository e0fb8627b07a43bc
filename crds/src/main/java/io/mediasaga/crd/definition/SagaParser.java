package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.MediaSagaSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads documents of kind MediaSaga, YAML or JSON (which is YAML), as strictly as the API server: an unknown field or a
 * wrong type is an error, and all of them are told at once, each with path and line. Thread-safe.
 */
public final class SagaParser {

    /** The only version of the API so far. */
    public static final String API_VERSION = "mediasaga.io/v1alpha1";

    public static final String KIND = "MediaSaga";

    /** The longest text that is read, in characters: what etcd takes of a resource at most. */
    public static final int MAX_LENGTH = 1_500_000;

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Reads all documents of a text.
     *
     * @param text one or more documents, separated by {@code ---}
     * @param source what it is, for error messages: a file name, or the name of a resource
     * @return at least one
     * @throws InvalidDefinitionException when it is not well-formed, or another kind, or empty
     */
    public List<SagaDocument> parse(String text, String source) {
        if (text.length() > MAX_LENGTH) {
            throw invalid(source, 0, "has " + text.length() + " characters", "at most " + MAX_LENGTH + " are read");
        }
        try {
            return documents(text, source);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr());
            throw invalid(source, line, withoutPlaces(e.getOriginalMessage()), "write well-formed YAML or JSON");
        }
    }

    private static List<SagaDocument> documents(String text, String source) {
        Violations aliases = new Violations();
        List<SourceLines> lines;
        try (JsonParser parser = MAPPER.createParser(text)) {
            lines = SourceLines.read(parser, aliases);
        }
        if (!aliases.isEmpty()) {
            throw new InvalidDefinitionException(source, located(aliases, lines.getFirst()));
        }
        List<SagaDocument> documents = new ArrayList<>();
        try (MappingIterator<JsonNode> nodes = MAPPER.readerFor(JsonNode.class).readValues(text)) {
            for (int i = 0; nodes.hasNextValue(); i++) {
                JsonNode node = nodes.nextValue();
                if (!node.isNull()) {
                    documents.add(document(node, lines.get(i), source));
                }
            }
        }
        if (documents.isEmpty()) {
            throw invalid(source, 0, "is empty", "write a document of kind " + KIND);
        }
        return List.copyOf(documents);
    }

    private static SagaDocument document(JsonNode node, SourceLines lines, String source) {
        Violations violations = new Violations();
        if (!node.isObject()) {
            violations.add("", "is no object", "write a document of kind " + KIND);
            throw new InvalidDefinitionException(source, located(violations, lines));
        }
        constant(node, "apiVersion", API_VERSION, violations);
        constant(node, "kind", KIND, violations);
        if (violations.isEmpty()) {
            outerFields(node, violations);
            JsonNode name = node.path("metadata").path("name");
            if (!name.isString()) {
                violations.add("metadata.name", "is missing", "name the saga, as in publish-media-asset");
            }
            if (node.path("spec").isMissingNode()) {
                violations.add("spec", "is missing", "add deadline, participants and steps");
            } else {
                new TreeCheck(violations).check("spec", node.path("spec"), MediaSagaSpec.class);
            }
        }
        if (!violations.isEmpty()) {
            throw new InvalidDefinitionException(source, located(violations, lines));
        }
        JsonNode metadata = node.path("metadata");
        MediaSagaSpec spec = MAPPER.treeToValue(node.path("spec"), MediaSagaSpec.class);
        return new SagaDocument(
                source, metadata.path("namespace").stringValue(null), metadata.path("name").stringValue(), spec, lines);
    }

    /** Metadata and status belong to Kubernetes, which may put anything there. */
    private static void outerFields(JsonNode node, Violations violations) {
        List<String> known = List.of("apiVersion", "kind", "metadata", "spec", "status");
        node.propertyNames().stream().filter(field -> !known.contains(field)).forEach(field ->
                violations.add(field, "is no known field", "there are " + String.join(", ", known)));
    }

    private static void constant(JsonNode node, String field, String expected, Violations violations) {
        JsonNode found = node.path(field);
        if (!found.isString() || !found.stringValue().equals(expected)) {
            violations.add(field, found.isMissingNode() ? "is missing" : "is " + found, "it has to be " + expected);
        }
    }

    private static List<Violation> located(Violations violations, SourceLines lines) {
        return violations.asList().stream().map(v -> v.atLine(lines.of(v.path()))).toList();
    }

    private static InvalidDefinitionException invalid(String source, int line, String problem, String fix) {
        return new InvalidDefinitionException(source, List.of(new Violation("", line, problem, fix)));
    }

    /** What went wrong, without the parser's own idea of where. */
    private static String withoutPlaces(String message) {
        return message.lines()
                .filter(line -> !line.isEmpty() && line.charAt(0) != ' ' && !line.startsWith("at ["))
                .collect(Collectors.joining("; "));
    }
}
