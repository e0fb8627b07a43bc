package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Random histories, compared after each step with a model in a few lines of Java. */
class RandomLedgerTest extends QuotaIntegration {

    private static final int STEPS = 600;
    private static final int AUDIT_EVERY = 50;

    @Autowired
    private QuotaWriter writer;

    private final Map<String, Model> models = new HashMap<>();
    private final Map<String, Held> assets = new HashMap<>();

    private static final class Model {
        private long limitBytes = 10000;
        private long limitAssets = 10;
        private long reservedBytes;
        private long reservedAssets;
        private long usedBytes;
        private long usedAssets;
    }

    private record Held(String owner, String saga, long bytes, ReservationState state) {
        Held as(ReservationState next) {
            return new Held(owner, saga, bytes, next);
        }
    }

    @Test
    void accountsLedgerAndReservationsAgreeWhateverHappens() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("RandomLedgerTest: -Dseed=" + seed);
        Random random = new Random(seed);
        List<String> owners = IntStream.range(0, 3).mapToObj(i -> id()).toList();
        List<String> assetIds = IntStream.range(0, 25).mapToObj(i -> id()).toList();
        owners.forEach(owner -> models.put(owner, new Model()));

        for (int step = 1; step <= STEPS; step++) {
            String owner = owners.get(random.nextInt(owners.size()));
            String asset = assetIds.get(random.nextInt(assetIds.size()));
            String saga = "saga-" + random.nextInt(2);
            String done = step(random, owner, asset, saga);
            compare("seed %d, step %d: %s".formatted(seed, step, done));
            if (step % AUDIT_EVERY == 0) {
                assertThat(audit.run().differences()).as("seed %d, step %d: %s", seed, step, done).isEmpty();
            }
        }
    }

    private String step(Random random, String owner, String asset, String saga) {
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                long bytes = 1 + random.nextInt(4000);
                boolean expected = reserveModel(owner, asset, saga, bytes);
                assertThat(reserve(saga, asset, owner, bytes) instanceof Outcome.Success).isEqualTo(expected);
                return "reserve %d".formatted(bytes);
            }
            case 4, 5 -> {
                release(saga, asset);
                Held held = assets.get(asset);
                if (held != null && held.state() == ReservationState.HELD && held.saga().equals(saga)) {
                    free(asset, held, ReservationState.RELEASED);
                }
                return "release";
            }
            case 6, 7 -> {
                published(asset);
                publishModel(asset);
                return "publish";
            }
            case 8 -> {
                Held held = assets.get(asset);
                boolean due = held != null && held.state() == ReservationState.HELD;
                assertThat(expire(asset)).isEqualTo(due ? 1 : 0);
                if (due) {
                    free(asset, held, ReservationState.EXPIRED);
                }
                return "expire";
            }
            default -> {
                Model model = models.get(owner);
                if (random.nextBoolean()) {
                    model.limitBytes = random.nextInt(20000);
                    model.limitAssets = random.nextInt(20);
                    writer.setLimits(owner, new Limits(model.limitBytes, model.limitAssets));
                    return "limits";
                }
                long bytes = -Math.min(model.usedBytes, random.nextInt(3000));
                long count = -Math.min(model.usedAssets, random.nextInt(2));
                writer.adjust(owner, id(), new QuotaWriter.Amounts(bytes, count), "deleted");
                model.usedBytes += bytes;
                model.usedAssets += count;
                return "adjust";
            }
        }
    }

    private boolean reserveModel(String owner, String asset, String saga, long bytes) {
        Held held = assets.get(asset);
        if (held != null && (held.state() == ReservationState.HELD || held.state() == ReservationState.USED)) {
            return held.owner().equals(owner) && held.saga().equals(saga) && held.bytes() == bytes;
        }
        Model model = models.get(owner);
        if (model.reservedBytes + model.usedBytes + bytes > model.limitBytes
                || model.reservedAssets + model.usedAssets + 1 > model.limitAssets) {
            return false;
        }
        model.reservedBytes += bytes;
        model.reservedAssets++;
        assets.put(asset, new Held(owner, saga, bytes, ReservationState.HELD));
        return true;
    }

    private void free(String asset, Held held, ReservationState state) {
        Model model = models.get(held.owner());
        model.reservedBytes -= held.bytes();
        model.reservedAssets--;
        assets.put(asset, held.as(state));
    }

    private void publishModel(String asset) {
        Held held = assets.get(asset);
        if (held == null || held.state() == ReservationState.USED) {
            return;
        }
        if (held.state() == ReservationState.HELD) {
            free(asset, held, ReservationState.USED);
        }
        Model model = models.get(held.owner());
        model.usedBytes += held.bytes();
        model.usedAssets++;
        assets.put(asset, held.as(ReservationState.USED));
    }

    private void compare(String what) {
        models.forEach((owner, model) -> {
            Quota quota = reader.find(owner);
            assertThat(new long[] {
                        quota.reservedBytes(), quota.reservedAssets(), quota.usedBytes(), quota.usedAssets()
                    })
                    .as(what)
                    .containsExactly(model.reservedBytes, model.reservedAssets, model.usedBytes, model.usedAssets);
        });
    }
}
