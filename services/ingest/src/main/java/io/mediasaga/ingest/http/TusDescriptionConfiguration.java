package io.mediasaga.ingest.http;

import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Completes the description of uploads. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "springdoc.api-docs.enabled", matchIfMissing = true)
class TusDescriptionConfiguration {

    private static final String HEADER = "upload_token";
    private static final String PARAMETER = "upload_token_in_address";

    /** Before the rules, which go by whether there is a body. */
    @Bean
    @Order(-1)
    TusDescription tusDescription() {
        return new TusDescription();
    }

    /** Whoever has an upload's token needs no other. */
    @Bean
    GlobalOpenApiCustomizer uploadTokenSchemes() {
        return api -> {
            api.getComponents()
                    .addSecuritySchemes(HEADER, scheme(SecurityScheme.In.HEADER, SentToken.HEADER))
                    .addSecuritySchemes(PARAMETER, scheme(SecurityScheme.In.QUERY, SentToken.PARAMETER));
            api.addSecurityItem(new SecurityRequirement().addList(HEADER)).addSecurityItem(new SecurityRequirement().addList(PARAMETER));
        };
    }

    private static SecurityScheme scheme(SecurityScheme.In in, String name) {
        return new SecurityScheme().type(SecurityScheme.Type.APIKEY).in(in).name(name).description("An upload's own token");
    }
}
