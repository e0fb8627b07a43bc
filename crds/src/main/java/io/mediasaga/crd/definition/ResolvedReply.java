package io.mediasaga.crd.definition;

import java.util.List;

/**
 * An event that answers a step or a compensation.
 *
 * @param topic where it comes from
 * @param type the envelope's type
 * @param data the fields of the payload that replace those of the same name in the saga's data
 */
public record ResolvedReply(String topic, String type, List<KeptField> data) {

    public ResolvedReply {
        data = Absent.asEmpty(data);
    }

    boolean is(String topic, String type) {
        return this.topic.equals(topic) && this.type.equals(type);
    }
}
