package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ConcurrentReservationsTest extends QuotaIntegration {

    @Test
    void reservationsOfOneOwnerAtTheSameTimeNeverExceedTheLimit() throws Exception {
        String owner = id();
        List<Callable<Integer>> sagas = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            sagas.add(() -> reserve(id(), id(), owner, 3000) instanceof Outcome.Success ? 1 : 0);
        }

        assertThat(sum(sagas)).isEqualTo(3);
        assertAccount(owner, 9000, 3, 0, 0);
    }

    /** Batches of several replicas go through the same owners in different orders. */
    @Test
    @Timeout(900)
    void batchesThatCrossDoNotDeadlock() throws Exception {
        List<String> owners = List.of(id(), id(), id(), id(), id());
        List<Callable<Integer>> batches = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            List<String> order = new ArrayList<>(owners);
            Collections.shuffle(order, new Random(i));
            batches.add(() -> reserveInOneTransaction(order));
        }
        String deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        long before = jdbc.sql(deadlocks).query(Long.class).single();
        assertThat(sum(batches)).isEqualTo(50);
        assertThat(jdbc.sql(deadlocks).query(Long.class).single()).isEqualTo(before); // with one, the batch would have failed, too
        for (String owner : owners) {
            assertAccount(owner, 10, 10, 0, 0);
        }
    }

    @Test
    @Timeout(900)
    void everythingAtTheSameTimeBalances() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ConcurrentReservationsTest: -Dseed=" + seed);
        List<String> owners = List.of(id(), id());
        List<String> assets = Stream.generate(QuotaIntegration::id).limit(12).toList();
        List<Callable<Integer>> workers = new ArrayList<>();
        for (int worker = 0; worker < 8; worker++) {
            Random random = new Random(seed + worker);
            workers.add(() -> work(random, owners, assets));
        }

        assertThat(sum(workers)).isEqualTo(8 * 40);
        assertBalanced();
    }

    private int work(Random random, List<String> owners, List<String> assets) {
        int done = 0;
        for (int i = 0; i < 40; i++) {
            String owner = owners.get(random.nextInt(owners.size()));
            String asset = assets.get(random.nextInt(assets.size()));
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> reserve("saga", asset, owner, 1 + random.nextInt(3000));
                case 3 -> release("saga", asset);
                case 4 -> published(asset);
                default -> expire(asset);
            }
            done++;
        }
        return done;
    }

    private int reserveInOneTransaction(List<String> owners) {
        List<Outcome> outcomes = together(
                reserveQuota,
                owners.stream()
                        .map(owner -> new Command<>(
                                id(), "RESERVE_QUOTA", 1, null, new QuotaReserve(id(), owner, 1L, null)))
                        .toList());
        return (int) outcomes.stream().filter(Outcome.Success.class::isInstance).count();
    }

    private static int sum(List<Callable<Integer>> tasks) throws Exception {
        int sum = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                sum += result.get();
            }
        }
        return sum;
    }
}
