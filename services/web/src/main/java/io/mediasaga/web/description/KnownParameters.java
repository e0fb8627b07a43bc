package io.mediasaga.web.description;

import io.mediasaga.web.PageLimit;
import io.mediasaga.web.access.Caller;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.HandlerMethod;

/** Describes parameters that mean the same wherever they are, and those for which a path has a pattern. */
final class KnownParameters implements GlobalOperationCustomizer {

    private static final Pattern WITH_PATTERN = Pattern.compile("\\{(\\w+):((?:[^{}]|\\{[^{}]*})+)}");
    private static final int LONGEST_CURSOR = 1024;

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Map<String, String> patterns = patterns(handler);
        for (Parameter parameter : operation.getParameters() == null ? List.<Parameter>of() : operation.getParameters()) {
            if ("query".equals(parameter.getIn()) && "limit".equals(parameter.getName())) {
                parameter.description("How many items the page has at most.").schema(limit());
            } else if ("query".equals(parameter.getIn()) && "cursor".equals(parameter.getName())) {
                parameter.description("The next_cursor of the page before; absent for the first page.")
                        .schema(new StringSchema().maxLength(LONGEST_CURSOR).pattern("^[A-Za-z0-9_-]*$"));
            } else if ("header".equals(parameter.getIn()) && Caller.ACTOR_HEADER.equals(parameter.getName())) {
                parameter.description("On whose behalf the platform's own token is used; the audit keeps it. Nobody else's token needs it.");
            } else if ("path".equals(parameter.getIn()) && patterns.containsKey(parameter.getName())) {
                patterned(parameter, patterns.get(parameter.getName()));
            } else if (isPlainText(parameter.getSchema())) {
                plain(parameter);
            }
        }
        return operation;
    }

    private static Schema<?> limit() {
        IntegerSchema limit = new IntegerSchema();
        limit.setFormat("int32");
        limit.setMinimum(BigDecimal.ONE);
        limit.setMaximum(BigDecimal.valueOf(PageLimit.MAX));
        limit.setDefault(PageLimit.DEFAULT);
        return limit;
    }

    private static void patterned(Parameter parameter, String pattern) {
        if (isPlainText(parameter.getSchema())) {
            parameter.schema(new StringSchema().pattern("^" + pattern + "$"));
        }
    }

    private static void plain(Parameter parameter) {
        if ("path".equals(parameter.getIn())) {
            parameter.getSchema().minLength(1).pattern(Patterns.SEGMENT);
        } else if ("query".equals(parameter.getIn())) {
            parameter.getSchema().pattern(Patterns.STORABLE);
        }
    }

    private static boolean isPlainText(@Nullable Schema<?> schema) {
        return schema != null
                && (Set.of("string").equals(schema.getTypes()) || "string".equals(schema.getType()))
                && schema.getFormat() == null
                && schema.getPattern() == null
                && schema.getEnum() == null;
    }

    private static Map<String, String> patterns(HandlerMethod handler) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), RequestMapping.class);
        return Stream.of(mapping == null ? new String[0] : mapping.path())
                .flatMap(path -> WITH_PATTERN.matcher(path).results())
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2), (one, other) -> one));
    }
}
