package io.mediasaga.messaging.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.harness.World;
import io.mediasaga.messaging.work.WorkLeases.Claim;
import io.mediasaga.messaging.work.WorkStore.NewWork;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Work is claimed by the transaction that adds it, as far as there are places. */
class AdditionTest {

    @Test
    void aStepDoneAnewIsNotTakenForClaimedWhereThereWasNoPlaceForIt() {
        try (var world = new World()) {
            world.start();
            var runner = new OnePlace();
            var signal = new WorkSignal();
            signal.attach(runner);
            var store = new WorkStore(world.sql(), signal);
            world.sql().update("INSERT INTO effect (saga_id, step, status, attempt) VALUES ('failed-before', 'CARRY', 'f', 1)");

            new TransactionTemplate(new DataSourceTransactionManager(Objects.requireNonNull(world.sql().getDataSource())))
                    .executeWithoutResult(status -> {
                        store.add(List.of(work("fresh"), work("failed-before")));
                        world.sql().update("DELETE FROM work"); // nobody else is to take it
                    });

            assertThat(runner.begun).extracting(claim -> claim.key().step().sagaId()).containsExactly("fresh");
            assertThat(runner.free).isZero();
        }
    }

    private static NewWork work(String saga) {
        Envelope envelope = new Envelope("m-" + saga, saga, "Carry", "CARRY", Instant.EPOCH, "{}", 2, 1, null);
        return new NewWork(new Delivery("commands.carry", 0, 0, saga, Map.of(), new byte[0], envelope), null);
    }

    /** A runner with room for one piece of work. */
    private static final class OnePlace implements WorkSignal.Runner {
        private final List<Claim> begun = new ArrayList<>();
        private int free = 1;

        @Override
        public String owner() {
            return "test";
        }

        @Override
        public Duration lease() {
            return Duration.ofMinutes(1);
        }

        @Override
        public int reserve(int atMost) {
            int reserved = Math.min(atMost, free);
            free -= reserved;
            return reserved;
        }

        @Override
        public void giveBack(int places) {
            assertThat(places).isNotNegative();
            free += places;
        }

        @Override
        public void run(List<Claim> claims) {
            begun.addAll(claims);
        }
    }
}
