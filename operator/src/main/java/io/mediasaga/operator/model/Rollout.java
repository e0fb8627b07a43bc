package io.mediasaga.operator.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a participant's Deployment is doing.
 *
 * @param credentials the hash of the credentials that its pods are to run with; {@code null} when without
 * @param desired how many pods are wanted
 * @param ready how many are ready
 * @param complete whether all pods that are wanted are there, of the latest kind, and ready
 * @param renewed whether all pods that are there are of the latest kind, and some ready; an autoscaler may just add others
 * @param overdue whether Kubernetes has given up waiting for that
 * @param oldPods how many pods with other credentials are still there
 * @param troubles what keeps pods from being ready, in plain words
 */
public record Rollout(
        @Nullable String credentials,
        int desired,
        int ready,
        boolean complete,
        boolean renewed,
        boolean overdue,
        int oldPods,
        List<String> troubles) {

    public Rollout {
        troubles = List.copyOf(troubles);
    }

    /** Whether at least so many pods are ready, all of the latest kind; an autoscaler may want more. */
    public boolean serves(int least) {
        return renewed && ready >= least;
    }

    /** Whether no pod runs with other credentials any more. */
    public boolean over() {
        return renewed && oldPods == 0;
    }
}
