package io.mediasaga.orchestrator.console.access;

import io.mediasaga.web.access.AccessConfiguration.PeopleAccess;
import io.mediasaga.web.access.ProviderSignIn;
import io.mediasaga.web.access.RequestAuthenticator;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the gate in front of the console's pages. */
@Configuration(proxyBeanMethods = false)
@Import(AccessConfiguration.Provider.class)
class AccessConfiguration implements WebMvcConfigurer {

    private final SessionGate gate;

    AccessConfiguration(SessionGate gate) {
        this.gate = gate;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(gate).order(0); // before roles are looked at
    }

    /** Apart from what configures the web, which is made early. */
    @Configuration(proxyBeanMethods = false)
    static class Provider {

        @Bean
        @Nullable ProviderSignIn providerSignIn(PeopleAccess people, RequestAuthenticator tokens) {
            return people.signIn(tokens).orElse(null);
        }
    }
}
