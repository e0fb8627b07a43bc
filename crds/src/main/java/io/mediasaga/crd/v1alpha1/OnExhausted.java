package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a saga whose step has no attempts left. */
public enum OnExhausted {
    /** What has been done is undone, last step first. */
    @JsonProperty("Compensate")
    COMPENSATE,
    /** The saga waits for a person. */
    @JsonProperty("Hold")
    HOLD
}
