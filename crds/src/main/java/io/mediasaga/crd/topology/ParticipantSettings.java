package io.mediasaga.crd.topology;

import io.mediasaga.crd.v1alpha1.EnvironmentVariable;
import io.mediasaga.crd.v1alpha1.Limits;
import io.mediasaga.crd.v1alpha1.Participant;
import io.mediasaga.crd.v1alpha1.Replicas;
import io.mediasaga.crd.v1alpha1.Resources;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A service that carries out steps.
 *
 * @param name of it and of its Deployment
 * @param image {@code null} for the one that came with the operator
 * @param port its HTTP port
 * @param path its path prefix; {@code null} when it is not reachable from outside
 * @param minReplicas the fewest pods
 * @param maxReplicas the most pods, no more than there are partitions
 * @param cpuPercent the use of requested CPU beyond which more are started
 * @param resources {@code null} for the operator's defaults
 * @param env further environment variables, in order
 * @param listens topics that it reads beside the commands of its steps
 * @param sends topics that it writes beside the replies of its steps
 */
public record ParticipantSettings(
        String name,
        @Nullable String image,
        int port,
        @Nullable String path,
        int minReplicas,
        int maxReplicas,
        int cpuPercent,
        @Nullable Resources resources,
        Map<String, String> env,
        List<String> listens,
        List<String> sends) {

    private static final Replicas NONE = new Replicas(null, null, null);
    private static final int DEFAULT_MOST = 3;

    static ParticipantSettings of(Participant participant, int partitions) {
        Replicas replicas = participant.replicas() == null ? NONE : participant.replicas();
        int min = Objects.requireNonNullElse(replicas.min(), 1);
        int most = Math.min(Math.max(min, DEFAULT_MOST), partitions);
        Map<String, String> env = new LinkedHashMap<>();
        for (EnvironmentVariable variable : participant.env()) {
            env.put(variable.name(), Objects.requireNonNullElse(variable.value(), ""));
        }
        return new ParticipantSettings(
                participant.name(),
                participant.image(),
                Objects.requireNonNullElse(participant.port(), Limits.DEFAULT_PORT),
                participant.path(),
                min,
                Math.min(Objects.requireNonNullElse(replicas.max(), most), partitions),
                Objects.requireNonNullElse(replicas.cpuPercent(), 70),
                participant.resources(),
                env,
                participant.listens(),
                participant.sends());
    }
}
