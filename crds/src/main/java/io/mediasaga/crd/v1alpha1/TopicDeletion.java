package io.mediasaga.crd.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of the topics when the MediaSaga is deleted. */
public enum TopicDeletion {
    /** They stay, with all messages. */
    @JsonProperty("Keep")
    KEEP,
    /** They are deleted, with all messages. */
    @JsonProperty("Delete")
    DELETE
}
