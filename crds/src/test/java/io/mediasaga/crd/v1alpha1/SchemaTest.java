package io.mediasaga.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the API server asks of a schema before it takes rules, and what a reader asks of it. */
class SchemaTest {

    private final JsonNode version = version();

    @Test
    void everythingIsBounded() {
        List<String> unbounded = new ArrayList<>();
        visit("spec", schema().at("/properties/spec"), (path, node) -> {
            boolean text = "string".equals(node.path("type").stringValue("")) && !node.has("enum");
            if (text && !node.has("maxLength") || "array".equals(node.path("type").stringValue("")) && !node.has("maxItems")) {
                unbounded.add(path);
            }
        });
        assertThat(unbounded).isEmpty();
    }

    @Test
    void everyFieldIsExplained() {
        List<String> unexplained = new ArrayList<>();
        BiConsumer<String, JsonNode> look = (path, node) -> {
            if (!path.endsWith("[]") && node.path("description").stringValue("").isBlank()) {
                unexplained.add(path);
            }
        };
        visit("spec", schema().at("/properties/spec"), look);
        visit("status", schema().at("/properties/status"), look);
        assertThat(unexplained).isEmpty();
    }

    @Test
    void columnsTellHowItIs() {
        assertThat(version.path("additionalPrinterColumns").valueStream().map(c -> c.path("name").stringValue()))
                .containsExactly("Ready", "Reason", "Version", "Running", "Failed", "Held", "Deadline", "Age");
    }

    @Test
    void statusIsASubresource() {
        assertThat(version.at("/subresources").has("status")).isTrue();
    }

    private JsonNode schema() {
        return version.at("/schema/openAPIV3Schema");
    }

    private static void visit(String path, JsonNode schema, BiConsumer<String, JsonNode> look) {
        look.accept(path, schema);
        schema.path("properties").properties().forEach(p -> visit(path + "." + p.getKey(), p.getValue(), look));
        if (schema.has("items")) {
            visit(path + "[]", schema.path("items"), look);
        }
    }

    private static JsonNode version() {
        try {
            return YAMLMapper.shared().readTree(CrdGeneration.generate()).at("/spec/versions/0");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
