package io.mediasaga.orchestrator;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the description of the API says of itself. */
@Configuration(proxyBeanMethods = false)
class OpenApiDescription {

    private static final String TOKEN = "token";

    @Bean
    OpenAPI operationsApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("mediasaga orchestrator")
                        .version("v1alpha1")
                        .description("Definitions, sagas and their operations, dead letters. Bodies are snake case JSON; "
                                + "errors are problem details (RFC 9457); lists are pages by cursor."))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN));
    }
}
