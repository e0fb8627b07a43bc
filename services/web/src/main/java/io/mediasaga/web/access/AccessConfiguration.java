package io.mediasaga.web.access;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Puts the gate in front of everything that answers requests. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AuthProperties.class, LimitProperties.class})
public class AccessConfiguration {

    /** Behind interceptors that find out by themselves who asks. */
    private static final int ORDER = 1000;

    AccessConfiguration() {}

    @Bean
    PeopleAccess peopleAccess(AuthProperties properties) {
        return new PeopleAccess(properties);
    }

    @Bean
    RateLimits rateLimits(LimitProperties properties, MeterRegistry meters) {
        return new RateLimits(properties, meters);
    }

    @Bean
    WebMvcConfigurer roleGate(RateLimits limits) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RoleGate(limits)).order(ORDER);
            }
        };
    }

    @Bean
    RuleCheck ruleCheck(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new RuleCheck(mappings);
    }

    @Bean
    EndpointGuard endpointGuard() {
        return new EndpointGuard();
    }

    /** Whether people have tokens of their own here, and what takes them. */
    public static final class PeopleAccess {

        private final AuthProperties properties;

        private PeopleAccess(AuthProperties properties) {
            this.properties = properties;
        }

        /** Whether an issuer is set. */
        public boolean on() {
            return properties.issuer() != null;
        }

        /** How they sign in on their issuer's own page; empty where that is not set. */
        public Optional<ProviderSignIn> signIn(RequestAuthenticator tokens) {
            return properties.clientId() == null ? Optional.empty() : Optional.of(new ProviderSignIn(properties, tokens, Clock.systemUTC()));
        }

        /** What takes their tokens and, where there is one, the API token. */
        public RequestAuthenticator with(@Nullable String apiToken) {
            Clock clock = Clock.systemUTC();
            return new TokenAuthenticator(
                    apiToken,
                    on() ? Optional.of(new PeopleTokens(new TokenVerifier(properties, clock), properties, clock)) : Optional.empty());
        }
    }
}
