package io.mediasaga.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.mediasaga.operator.settings.OperatorSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the operator together. */
@Configuration(proxyBeanMethods = false)
class OperatorConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    KubernetesClient kubernetesClient() {
        return new KubernetesClientBuilder().build();
    }

    @Bean
    RunningOperator operator(KubernetesClient client, OperatorSettings settings, MeterRegistry registry) {
        return new RunningOperator(client, settings, registry, Clock.systemUTC());
    }

    @Bean
    OperatorHealth operatorHealthIndicator(RunningOperator operator) {
        return new OperatorHealth(operator);
    }
}
