package io.mediasaga.web.description;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.filters.GlobalOpenApiMethodFilter;
import org.springdoc.core.providers.JavadocProvider;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.RestController;

/** What the description of an API says of itself, in services that have one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ObjectMapperProvider.class)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
public class DescriptionConfiguration {

    private static final String TOKEN = "token";

    DescriptionConfiguration() {}

    /** @param purpose what the API is for */
    @Bean
    OpenAPI apiDescription(
            @Value("${spring.application.name:}") String service,
            @Value("${mediasaga.web.description:}") String purpose,
            @Value("${server.servlet.context-path:/}") String contextPath) {
        return new OpenAPI()
                .info(new Info()
                        .title(("mediasaga " + service).strip())
                        .version("v1alpha1")
                        .description((purpose + " Bodies are snake case JSON; refusals are problem details (RFC 9457); lists are"
                                + " pages by cursor.").strip()))
                .servers(List.of(new Server()
                        .url(contextPath.isEmpty() ? "/" : contextPath)
                        .description("Where this description comes from")))
                .components(new Components()
                        .addSchemas(ProblemSchema.NAME, ProblemSchema.schema())
                        .addSecuritySchemes(TOKEN, new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The platform's API token, or a person's token of the issuer that is set")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    /** Names fields as they are on the wire; by itself it would name them as they are in Java. */
    @Bean
    ModelResolver snakeCaseModels(ObjectMapperProvider mappers) {
        var names = mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(names).openapi31(mappers.isOpenapi31());
    }

    @Bean
    WireModels wireModels(JavadocProvider javadoc) {
        return new WireModels(javadoc);
    }

    @Bean
    PlainJavadoc plainJavadoc() {
        return new PlainJavadoc();
    }

    /** Pages are for people, and what answers errors is nobody's to ask. */
    @Bean
    GlobalOpenApiMethodFilter apiMethods() {
        return method -> AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), RestController.class)
                && !ErrorController.class.isAssignableFrom(method.getDeclaringClass());
    }

    @Bean
    @Order(0)
    OperationRules operationRules() {
        return new OperationRules();
    }

    @Bean
    @Order(1)
    KnownParameters knownParameters() {
        return new KnownParameters();
    }

    /** The refusals that operations refer to. */
    @Bean
    GlobalOpenApiCustomizer refusals() {
        return api -> {
            Set<ProblemStatus> used = EnumSet.noneOf(ProblemStatus.class);
            for (PathItem path : api.getPaths().values()) {
                for (Operation operation : path.readOperations()) {
                    operation.getResponses().forEach((status, response) -> {
                        if (response.get$ref() != null) {
                            used.add(ProblemStatus.of(Integer.parseInt(status)));
                        }
                    });
                }
            }
            used.forEach(each -> api.getComponents().addResponses(each.component(), each.response()));
        };
    }
}
