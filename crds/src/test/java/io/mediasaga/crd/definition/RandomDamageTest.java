package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** However a definition is damaged, it is either run or refused with words; nothing else comes out of reading it. */
class RandomDamageTest {

    private static final int ROUNDS = 400;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void damagedText() {
        String sample = Definitions.text(Definitions.SAMPLE);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(sample);
            for (int hits = 1 + random.nextInt(3); hits > 0; hits--) {
                int at = random.nextInt(text.length());
                text.replace(at, Math.min(text.length(), at + random.nextInt(4)), oneOf("", " ", "\n", "[", "}", ":", "\t", "0"));
            }
            runsOrIsRefused(text.toString());
        }
    }

    @Test
    void damagedStructure() {
        String everything = Definitions.text(Definitions.EVERYTHING);
        for (int round = 0; round < ROUNDS; round++) {
            JsonNode tree = YAMLMapper.shared().readTree(everything);
            for (int hits = 1 + random.nextInt(2); hits > 0; hits--) {
                damage(tree);
            }
            runsOrIsRefused(tree.toString());
        }
    }

    private void runsOrIsRefused(String text) {
        try {
            CanonicalDefinition definition = CanonicalDefinition.of(SagaDefinitions.load(text, "damaged"));
            assertThat(CanonicalDefinition.read(definition.json()).hash()).isEqualTo(definition.hash());
        } catch (InvalidDefinitionException e) {
            assertThat(e.violations()).isNotEmpty().allSatisfy(violation -> {
                assertThat(violation.problem()).isNotBlank();
                assertThat(violation.fix()).isNotBlank();
            });
        } catch (RuntimeException e) {
            throw new AssertionError("Again with -Dseed=" + seed + ":\n" + text, e);
        }
    }

    private void damage(JsonNode tree) {
        List<JsonNode> containers = new ArrayList<>();
        collect(tree, containers);
        JsonNode victim = containers.get(random.nextInt(containers.size()));
        if (victim instanceof ObjectNode object) {
            String field = oneOf(object.propertyNames().toArray(String[]::new));
            if (random.nextBoolean()) {
                object.remove(field);
            } else {
                object.set(field, anything());
            }
        } else if (victim instanceof ArrayNode array) {
            int at = random.nextInt(array.size());
            if (random.nextBoolean()) {
                array.insert(at, array.get(random.nextInt(array.size())).deepCopy());
            } else {
                array.set(at, anything());
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private JsonNode anything() {
        List<Supplier<JsonNode>> choices = List.of(
                NODES::nullNode,
                NODES::objectNode,
                NODES::arrayNode,
                () -> NODES.stringNode(""),
                () -> NODES.stringNode("0s"),
                () -> NODES.stringNode("CancelOrder"),
                () -> NODES.stringNode("x".repeat(300)),
                () -> NODES.numberNode(-1),
                () -> NODES.numberNode(Long.MAX_VALUE),
                () -> NODES.numberNode(1e300),
                () -> NODES.booleanNode(random.nextBoolean()));
        return choices.get(random.nextInt(choices.size())).get();
    }

    private String oneOf(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
