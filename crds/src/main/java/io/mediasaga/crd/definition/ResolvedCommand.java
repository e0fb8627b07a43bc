package io.mediasaga.crd.definition;

import java.util.List;

/**
 * A command as it is sent.
 *
 * @param topic where to
 * @param type the envelope's type
 * @param payload the fields of the payload, in the definition's order
 */
public record ResolvedCommand(String topic, String type, List<PayloadField> payload) {

    public ResolvedCommand {
        payload = Absent.asEmpty(payload);
    }
}
