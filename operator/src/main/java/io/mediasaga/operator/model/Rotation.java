package io.mediasaga.operator.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which participant runs with which credentials now. A first start takes the current ones; after that they change one
 * participant after the other, and the next one only when the one before has no pods of the old kind any more, which go when
 * as many new ones are ready. So one that does not bear its new credentials halts the rest; one that is being scaled does not.
 */
final class Rotation {

    private Rotation() {}

    /**
     * Chooses the hash of the credentials of each participant that has any.
     *
     * @param order participants, first to change first
     * @param observed what there is and what runs
     */
    static Map<String, String> choose(List<String> order, Observed observed) {
        Map<String, String> chosen = new HashMap<>();
        List<String> waiting = new ArrayList<>();
        boolean busy = false;
        for (String name : order) {
            Credentials wanted = observed.credentials().get(name);
            Rollout rollout = observed.rollouts().get(name);
            String running = rollout == null ? null : rollout.credentials();
            if (running == null) {
                if (wanted != null) {
                    chosen.put(name, wanted.hash());
                }
            } else if (wanted == null || wanted.hash().equals(running)) {
                chosen.put(name, running);
                busy |= wanted != null && !rollout.renewed();
            } else {
                chosen.put(name, running);
                waiting.add(name);
            }
        }
        if (!busy && !waiting.isEmpty()) {
            String next = waiting.getFirst();
            chosen.put(next, observed.credentials().get(next).hash());
        }
        return chosen;
    }
}
