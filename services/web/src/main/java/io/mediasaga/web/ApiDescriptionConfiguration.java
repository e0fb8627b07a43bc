package io.mediasaga.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description of an API says of itself, in services that have one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(OpenAPI.class)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class ApiDescriptionConfiguration {

    private static final String TOKEN = "token";

    @Bean
    OpenAPI apiDescription(@Value("${spring.application.name}") String service, WebProperties properties) {
        return new OpenAPI()
                .info(new Info()
                        .title("mediasaga " + service)
                        .version("v1alpha1")
                        .description((properties.description() + " Bodies are snake case JSON; errors are problem details"
                                        + " (RFC 9457); lists are pages by cursor.")
                                .strip()))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }
}
