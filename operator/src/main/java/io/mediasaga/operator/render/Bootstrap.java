package io.mediasaga.operator.render;

import io.mediasaga.crd.topology.KafkaSettings;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.settings.OperatorSettings;
import java.util.Objects;

/** Where Kafka is. */
final class Bootstrap {

    private Bootstrap() {}

    static boolean strimzi(Plan plan) {
        return plan.topology().kafka().management() == KafkaManagement.STRIMZI;
    }

    static String servers(Plan plan, OperatorSettings settings) {
        KafkaSettings kafka = plan.topology().kafka();
        if (kafka.bootstrapServers() != null || !strimzi(plan)) {
            return Objects.requireNonNull(kafka.bootstrapServers(), "a valid spec names them");
        }
        return kafka.cluster() + "-kafka-bootstrap:" + settings.kafka().listenerPort();
    }
}
