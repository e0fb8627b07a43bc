package io.mediasaga.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RotationTest {

    private static final List<String> ORDER = List.of("a", "b", "c");

    private final Map<String, Credentials> credentials = new HashMap<>();
    private final Map<String, Rollout> rollouts = new HashMap<>();

    @Test
    void everybodyStartsAtOnce() {
        ORDER.forEach(name -> credentials.put(name, credentials("1")));
        assertThat(choose()).hasSize(3).containsValue(credentials("1").hash());
    }

    @Test
    void theFirstGoesAloneAndTheOthersFollowWhenItIsReady() {
        running("1");
        ORDER.forEach(name -> credentials.put(name, credentials("2")));
        assertThat(moved()).containsExactly("a");
        rollouts.put("a", rollout("2", false));
        assertThat(moved()).containsExactly("a");
        rollouts.put("a", rollout("2", true));
        assertThat(moved()).containsExactly("a", "b");
    }

    @Test
    void whoIsOnlyBeingScaledIsNotWaitedFor() {
        running("1");
        ORDER.forEach(name -> credentials.put(name, credentials("2")));
        rollouts.put("a", new Rollout(credentials("2").hash(), 3, 1, false, true, false, 0, List.of()));
        assertThat(moved()).containsExactly("a", "b");
    }

    @Test
    void whoHasNothingNewIsNotWaitedFor() {
        running("1");
        ORDER.forEach(name -> credentials.put(name, credentials("1")));
        credentials.put("c", credentials("2"));
        assertThat(choose().get("c")).isEqualTo(credentials("2").hash());
    }

    @Test
    void whoseSecretIsGoneKeepsWhatItHas() {
        running("1");
        assertThat(choose()).hasSize(3).containsValue(credentials("1").hash());
    }

    @Test
    void rotatedAtAndOrderMakeNoDifferenceToTheHash() {
        var one = Credentials.of(Map.of("username", "u", "password", "p"));
        assertThat(Credentials.of(Map.of("password", "p", "username", "u", "rotated_at", "now")).hash()).isEqualTo(one.hash());
        assertThat(Credentials.of(Map.of("username", "u", "password", "q")).hash()).isNotEqualTo(one.hash());
        assertThat(one.toString()).doesNotContain("=p");
    }

    /** Whatever becomes ready when: never do two change at a time, and in the end all have changed. */
    @Test
    void neverTwoAtATime() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            credentials.clear();
            rollouts.clear();
            running("1");
            ORDER.forEach(name -> credentials.put(name, credentials("2")));
            for (int step = 0; step < 200; step++) {
                choose().forEach((name, hash) -> {
                    if (!hash.equals(rollouts.get(name).credentials())) {
                        rollouts.put(name, new Rollout(hash, 1, 1, false, false, false, 1, List.of()));
                    }
                });
                assertThat(rollouts.values().stream().filter(r -> !r.complete()).count()).as("seed %s", seed).isLessThanOrEqualTo(1);
                String name = ORDER.get(random.nextInt(3));
                Rollout old = rollouts.get(name);
                rollouts.put(name, new Rollout(old.credentials(), 1, 1, true, true, false, 0, List.of()));
            }
            assertThat(rollouts.values()).as("seed %s", seed).allMatch(r -> r.credentials().equals(credentials("2").hash()));
        }
    }

    private List<String> moved() {
        String next = credentials("2").hash();
        Map<String, String> chosen = choose();
        return ORDER.stream().filter(name -> next.equals(chosen.get(name))).toList();
    }

    private Map<String, String> choose() {
        return Rotation.choose(ORDER, new Observed(Set.of(), credentials, rollouts, Map.of(), Map.of(), OptionalLong.empty()));
    }

    private void running(String which) {
        ORDER.forEach(name -> rollouts.put(name, rollout(which, true)));
    }

    private static Rollout rollout(String which, boolean complete) {
        return new Rollout(credentials(which).hash(), 1, 1, complete, complete, false, 0, List.of());
    }

    private static Credentials credentials(String which) {
        return Credentials.of(Map.of("password", which));
    }
}
