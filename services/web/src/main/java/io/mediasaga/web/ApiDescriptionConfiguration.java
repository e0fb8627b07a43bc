package io.mediasaga.web;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description of an API says of itself, in services that have one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(ObjectMapperProvider.class)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class ApiDescriptionConfiguration {

    private static final String TOKEN = "token";

    @Bean
    OpenAPI apiDescription(@Value("${spring.application.name:}") String service, WebProperties properties) {
        String purpose = properties.description().isEmpty() ? "" : properties.description() + " ";
        return new OpenAPI()
                .info(new Info()
                        .title(("mediasaga " + service).strip())
                        .version("v1alpha1")
                        .description(purpose + "Bodies are snake case JSON; errors are problem details (RFC 9457); lists are"
                                + " pages by cursor."))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }

    /** Names fields as they are on the wire; by itself it would name them as they are in Java. */
    @Bean
    ModelResolver snakeCaseModels(ObjectMapperProvider mappers) {
        var names = mappers.jsonMapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
        return new ModelResolver(names).openapi31(mappers.isOpenapi31());
    }
}
