package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.InvalidDefinitionException;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDocument;
import io.mediasaga.crd.definition.SagaParser;
import io.mediasaga.crd.definition.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads what is put: a whole MediaSaga, or its spec alone. */
final class DefinitionBody {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private DefinitionBody() {}

    /** @throws InvalidDefinitionException when it cannot be read, breaks a rule, or is meant for another address */
    static SagaDefinition read(String namespace, String name, String body) {
        String source = namespace + "/" + name;
        if (!LABEL.matcher(namespace).matches()) {
            throw invalid(source, "metadata.namespace", "is " + namespace, "use lower-case letters, digits and dashes");
        }
        List<SagaDocument> documents = new SagaParser().parse(whole(name, body), source);
        if (documents.size() != 1) {
            throw invalid(source, "", "holds " + documents.size() + " documents", "put one MediaSaga at a time");
        }
        SagaDocument document = documents.getFirst();
        List<Violation> misplaced = new ArrayList<>();
        elsewhere("metadata.name", document.name(), name, misplaced);
        if (document.namespace() != null) {
            elsewhere("metadata.namespace", document.namespace(), namespace, misplaced);
        }
        if (!misplaced.isEmpty()) {
            throw new InvalidDefinitionException(source, misplaced);
        }
        return document.resolve();
    }

    /** A spec alone becomes the MediaSaga of the name; everything else stays as it is, for the parser to judge. */
    private static String whole(String name, String body) {
        JsonNode read;
        try {
            read = YAML.readTree(body);
        } catch (JacksonException e) {
            return body;
        }
        boolean specAlone = read instanceof ObjectNode spec && spec.has("steps") && !spec.has("kind");
        if (!specAlone) {
            return body;
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("apiVersion", SagaParser.API_VERSION);
        whole.put("kind", SagaParser.KIND);
        whole.put("metadata", Map.of("name", name));
        whole.put("spec", read);
        return YAML.writeValueAsString(whole);
    }

    private static void elsewhere(String path, String found, String wanted, List<Violation> violations) {
        if (!found.equals(wanted)) {
            violations.add(new Violation(path, 0, "is " + found, "put it to the address of that name, or name it " + wanted));
        }
    }

    private static InvalidDefinitionException invalid(String source, String path, String problem, String fix) {
        return new InvalidDefinitionException(source, List.of(new Violation(path, 0, problem, fix)));
    }
}
