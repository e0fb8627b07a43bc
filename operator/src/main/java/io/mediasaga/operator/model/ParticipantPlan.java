package io.mediasaga.operator.model;

import io.mediasaga.crd.topology.ParticipantSettings;
import org.jspecify.annotations.Nullable;

/**
 * A participant.
 *
 * @param settings as resolved from the spec
 * @param owner the name of the MediaSaga that it belongs to
 * @param owned whether that is this one
 * @param image the image that it runs
 * @param credentials the hash of those that its pods are to run with now; {@code null} when without
 * @param deployable whether everything is there that its pods need
 */
public record ParticipantPlan(
        ParticipantSettings settings,
        String owner,
        boolean owned,
        String image,
        @Nullable String credentials,
        boolean deployable) {

    public String name() {
        return settings.name();
    }
}
