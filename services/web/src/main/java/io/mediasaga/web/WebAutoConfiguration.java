package io.mediasaga.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mediasaga.tracing.Tracing;
import io.mediasaga.web.access.AccessConfiguration.PeopleAccess;
import io.mediasaga.web.access.AccessConfiguration;
import io.mediasaga.web.access.RequestAuthenticator;
import io.mediasaga.web.description.DescriptionConfiguration;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.util.EnumSet;
import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.web.filter.CorsFilter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Gives a service the platform's HTTP manners. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({ApiProperties.class, WebProperties.class})
@Import({DescriptionConfiguration.class, AccessConfiguration.class})
class WebAutoConfiguration {

    @Bean
    JsonMapperBuilderCustomizer snakeCaseJson() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL));
    }

    /** Nothing is taken for something else: no fraction for a whole number, no number and no truth for a text. */
    @Bean
    JsonMapperBuilderCustomizer exactJson() {
        return builder -> builder.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .withCoercionConfig(LogicalType.Textual, text -> List.of(
                                CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
                        .forEach(shape -> text.setCoercion(shape, CoercionAction.Fail)));
    }

    @Bean
    @ConditionalOnMissingBean
    RequestAuthenticator requestAuthenticator(ApiProperties properties, PeopleAccess people) {
        return people.with(people.on() && properties.isEmpty() ? null : ApiTokenSource.find(properties));
    }

    /** Only where somebody asks for it. */
    @Bean
    @Lazy
    ServiceToken serviceToken(ApiProperties properties) {
        return new ServiceToken(ApiTokenSource.find(properties));
    }

    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
        return registered(new RequestIdFilter(), Ordered.HIGHEST_PRECEDENCE);
    }

    @Bean
    FilterRegistrationBean<UnreadableParametersFilter> unreadableParametersFilter(ProblemWriter problems) {
        return registered(new UnreadableParametersFilter(problems), Ordered.HIGHEST_PRECEDENCE + 1);
    }

    @Bean
    StorableParameters storableParameters() {
        return new StorableParameters();
    }

    /** Around what measures requests, so that measurements name their trace. */
    @Bean
    FilterRegistrationBean<TraceFilter> traceFilter(ObjectProvider<Tracing> tracing, WebProperties properties) {
        PathSet beginnings = new PathSet(properties.tracedPaths());
        return registered(
                new TraceFilter(tracing.getIfAvailable(Tracing::off), beginnings), Ordered.HIGHEST_PRECEDENCE);
    }

    /** Before the token is asked for: a browser's question whether it may send one comes without. */
    @Bean
    FilterRegistrationBean<CorsFilter> corsFilter(WebProperties properties) {
        return registered(new CorsFilter(new OtherOrigins(properties.corsOrigins())), Ordered.HIGHEST_PRECEDENCE + 90);
    }

    @Bean
    FilterRegistrationBean<AuthenticationFilter> authenticationFilter(
            RequestAuthenticator authenticator, WebProperties properties, ProblemWriter problems) {
        PathSet publicPaths = new PathSet(properties.allPublicPaths());
        return registered(
                new AuthenticationFilter(authenticator, publicPaths, problems), Ordered.HIGHEST_PRECEDENCE + 100);
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(WebProperties properties, ProblemWriter problems) {
        PathSet unlimited = new PathSet(properties.largeBodyPaths());
        return registered(
                new BodyLimitFilter(properties.maxBody(), unlimited, problems), Ordered.HIGHEST_PRECEDENCE + 110);
    }

    @Bean
    ProblemAdvice problemAdvice() {
        return new ProblemAdvice();
    }

    @Bean
    @ConditionalOnMissingBean(ErrorController.class)
    ProblemErrorController problemErrorController() {
        return new ProblemErrorController();
    }

    /** After the customizers of Boot, one of which adds a report of its own. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemReports(JsonMapper json) {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                new ProblemReportValve(json).install(host);
            }
        });
    }

    /** Only for services that have a database. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataAccessException.class)
    static class DatabaseConfiguration {

        @Bean
        DatabaseAdvice databaseAdvice() {
            return new DatabaseAdvice();
        }
    }

    private static <F extends Filter> FilterRegistrationBean<F> registered(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR));
        return registration;
    }
}
