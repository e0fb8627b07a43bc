package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who makes the topics. */
public enum KafkaManagement {
    /** The Strimzi operator, from KafkaTopic and KafkaUser resources. */
    @JsonProperty("Strimzi")
    STRIMZI,
    /** The MediaSaga operator, through Kafka's admin client. */
    @JsonProperty("Direct")
    DIRECT
}
