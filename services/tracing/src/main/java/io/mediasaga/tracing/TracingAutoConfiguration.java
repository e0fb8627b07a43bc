package io.mediasaga.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Sends spans to a collector where one is configured. Each application context has its own; nothing is global. */
@AutoConfiguration(
        beforeName =
                "org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration")
@EnableConfigurationProperties(TracingProperties.class)
public class TracingAutoConfiguration {

    /** Made by Spring. */
    TracingAutoConfiguration() {}

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Tracing tracing(TracingProperties properties, Environment environment) {
        return properties.isOn()
                ? new Tracing(provider(properties, environment.getProperty("spring.application.name", "mediasaga")))
                : Tracing.off();
    }

    private static SdkTracerProvider provider(TracingProperties properties, String service) {
        var exporter = OtlpHttpSpanExporter.builder().setEndpoint(properties.tracesAddress());
        properties.headerMap().forEach(exporter::addHeader);
        var resource = Attributes.of(
                AttributeKey.stringKey("service.name"), service,
                AttributeKey.stringKey("service.namespace"), "mediasaga",
                AttributeKey.stringKey("service.instance.id"), UUID.randomUUID().toString());
        return SdkTracerProvider.builder()
                .setResource(Resource.getDefault().merge(Resource.create(resource)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(properties.ratio())))
                .setIdGenerator(new PresetIds())
                .addSpanProcessor(BatchSpanProcessor.builder(exporter.build())
                        .setScheduleDelay(properties.interval())
                        .build())
                .build();
    }

    /** Metrics name the trace that they come from: exemplars. */
    @Bean
    @ConditionalOnExpression("!'${mediasaga.tracing.endpoint:}'.isBlank()")
    SpanContext exemplarSpanContext() {
        return new ExemplarContext();
    }
}
