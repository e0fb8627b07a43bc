package io.mediasaga.crd.definition;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Writes definitions as canonical JSON: fields sorted, nothing where there is nothing. A field that is added to the
 * model later has to be left out while it has its default, or every definition gets another hash.
 */
final class CanonicalJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(old -> JsonInclude.Value.construct(
                    JsonInclude.Include.NON_EMPTY, JsonInclude.Include.NON_EMPTY))
            .addModule(new SimpleModule()
                    .addSerializer(new DurationWriter())
                    .addDeserializer(Duration.class, new DurationReader()))
            .build();

    private CanonicalJson() {}

    static String write(SagaDefinition definition) {
        JsonNode tree = MAPPER.valueToTree(definition);
        sortSets(tree);
        return MAPPER.writeValueAsString(tree);
    }

    static SagaDefinition read(String json) {
        try {
            return MAPPER.readValue(json, SagaDefinition.class);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("No canonical saga definition: " + e.getOriginalMessage(), e);
        }
    }

    /** Lists of texts are sets of fields; lists of objects are steps, whose order counts. */
    private static void sortSets(JsonNode node) {
        if (node instanceof ArrayNode array && !array.isEmpty() && array.get(0).isString()) {
            List<String> sorted = StreamSupport.stream(array.spliterator(), false)
                    .map(JsonNode::stringValue)
                    .sorted()
                    .toList();
            array.removeAll();
            sorted.forEach(array::add);
        } else {
            node.forEach(CanonicalJson::sortSets);
        }
    }

    private static final class DurationWriter extends StdSerializer<Duration> {
        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration value, JsonGenerator out, SerializationContext context) {
            out.writeString(Durations.format(value));
        }
    }

    private static final class DurationReader extends StdDeserializer<Duration> {
        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) {
            return Durations.parse(in.getString());
        }
    }
}
