package io.mediasaga.web.description;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.type.TypeFactory;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.providers.JavadocProvider;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.JsonNode;

/**
 * Describes bodies as they are on the wire: records have their components and nothing else, those that are not {@code @Nullable} are
 * always there, JSON is any object, and a stream of events is text.
 */
final class WireModels implements ModelConverter {

    private static final String REFERENCE = "#/components/schemas/";

    private final SnakeCaseStrategy names = new SnakeCaseStrategy();
    private final JavadocProvider javadoc;

    WireModels(JavadocProvider javadoc) {
        this.javadoc = javadoc;
    }

    @Override
    public @Nullable Schema<?> resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        JavaType java = TypeFactory.defaultInstance().constructType(type.getType());
        Class<?> raw = java.getRawClass();
        if (JsonNode.class.isAssignableFrom(raw)) {
            return new ObjectSchema().additionalProperties(Boolean.TRUE);
        }
        if (SseEmitter.class.isAssignableFrom(raw)) {
            return new StringSchema();
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema != null && raw.isRecord()) {
            Schema<?> model = schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels().get(schema.get$ref().substring(REFERENCE.length()));
            if (model != null && model.getProperties() != null) {
                describe(model, raw);
            }
        }
        return schema;
    }

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    private void describe(Schema<?> model, Class<?> raw) {
        @SuppressWarnings("rawtypes")
        Map<String, Schema> properties = model.getProperties();
        Set<String> all = new LinkedHashSet<>();
        Set<String> required = new LinkedHashSet<>();
        Map<String, String> words = javadoc.getRecordClassParamJavadoc(raw);
        for (RecordComponent component : raw.getRecordComponents()) {
            String name = names.translate(component.getName());
            all.add(name);
            String said = words.get(component.getName());
            Schema<?> property = properties.get(name);
            if (said != null && !said.isEmpty() && property != null && property.get$ref() == null && property.getDescription() == null) {
                property.setDescription(said);
            }
            if (properties.containsKey(name) && !component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                required.add(name);
            }
        }
        properties.keySet().retainAll(all);
        if (model.getDescription() == null && !javadoc.getClassJavadoc(raw).isEmpty()) {
            model.setDescription(javadoc.getClassJavadoc(raw));
        }
        if (model.getRequired() != null) {
            required.addAll(model.getRequired());
        }
        if (!required.isEmpty()) {
            model.setRequired(required.stream().sorted().toList());
        }
    }
}
