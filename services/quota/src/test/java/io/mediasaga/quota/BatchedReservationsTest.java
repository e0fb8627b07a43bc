package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes together is decided as if it had come one after the other. */
class BatchedReservationsTest extends QuotaIntegration {

    private final String owner = id();

    private static Command<QuotaReserve> command(String asset, String owner, long bytes) {
        return new Command<>(id(), "RESERVE_QUOTA", 1, null, new QuotaReserve(asset, owner, bytes, null));
    }

    @Test
    void theLimitHoldsWithinABatchAndWhatFitsLaterIsTaken() {
        List<Outcome> outcomes = together(
                reserveQuota,
                List.of(
                        command(id(), owner, 6000),
                        command(id(), owner, 5000),
                        command(id(), owner, 3000),
                        command(id(), owner, 1001),
                        command(id(), owner, 1000)));

        assertThat(outcomes).map(Outcome.Success.class::isInstance).containsExactly(true, false, true, false, true);
        assertRefused(outcomes.get(1), "QUOTA_EXCEEDED");
        assertThat(outcomes.get(2)).extracting("payload.freeBytes", "payload.freeAssets").containsExactly(1000L, 8L);
        assertAccount(owner, 10000, 3, 0, 0);
    }

    @Test
    void anAssetThatTwoSagasAskForGoesToTheFirst() {
        String asset = id();

        List<Outcome> outcomes =
                together(reserveQuota, List.of(command(asset, owner, 10), command(asset, owner, 10)));

        assertThat(outcomes.getFirst()).isInstanceOf(Outcome.Success.class);
        assertRefused(outcomes.getLast(), "ALREADY_RESERVED");
        assertAccount(owner, 10, 1, 0, 0);
    }

    @Test
    void theOneThatIsWrongIsNamedAndNothingIsChanged() {
        var wrong = command(" ", owner, 10);

        assertThatThrownBy(() -> transactions.executeWithoutResult(
                        status -> reserveQuota.handle(List.of(command(id(), owner, 10), wrong))))
                .isInstanceOfSatisfying(FailedItemException.class, e -> assertThat(e.item()).isSameAs(wrong))
                .hasCauseInstanceOf(InvalidPayloadException.class);
        assertAccount(owner, 0, 0, 0, 0);
    }

    @Test
    void usageOfManyIsBookedAtOnce() {
        String other = id();
        List<String> assets = IntStream.range(0, 6).mapToObj(i -> id()).toList();
        for (int i = 0; i < assets.size(); i++) {
            reserve(id(), assets.get(i), i % 2 == 0 ? owner : other, 100 + i);
        }
        expire(assets.getLast());

        published(List.of(assets.get(0), assets.get(1), assets.get(2), assets.get(5), assets.get(0), id()));

        assertAccount(owner, 104, 1, 202, 2);
        assertAccount(other, 103, 1, 206, 2);
    }

    @Test
    void aBatchEndsAsItsMessagesWouldOneByOne() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("BatchedReservationsTest: -Dseed=" + seed);
        Random random = new Random(seed);
        List<String> batched = IntStream.range(0, 4).mapToObj(i -> id()).toList();
        List<String> single = IntStream.range(0, 4).mapToObj(i -> id()).toList();
        List<String> batchedAssets = IntStream.range(0, 30).mapToObj(i -> id()).toList();
        List<String> singleAssets = IntStream.range(0, 30).mapToObj(i -> id()).toList();

        for (int round = 0; round < 15; round++) {
            var together = new ArrayList<Command<QuotaReserve>>();
            var alone = new ArrayList<Boolean>();
            for (int i = 0; i < 12; i++) {
                int who = random.nextInt(4);
                int asset = random.nextInt(30);
                long bytes = 1 + random.nextInt(3000);
                together.add(command(batchedAssets.get(asset), batched.get(who), bytes));
                alone.add(reserve(id(), singleAssets.get(asset), single.get(who), bytes) instanceof Outcome.Success);
            }

            assertThat(together(reserveQuota, together))
                    .as("seed %d, round %d", seed, round)
                    .map(Outcome.Success.class::isInstance)
                    .isEqualTo(alone);
            int gone = random.nextInt(30);
            published(batchedAssets.get(gone));
            published(singleAssets.get(gone));
        }
        for (int i = 0; i < 4; i++) {
            Quota one = reader.find(single.get(i));
            assertAccount(
                    batched.get(i), one.reservedBytes(), one.reservedAssets(), one.usedBytes(), one.usedAssets());
        }
    }
}
