package io.mediasaga.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

@Timeout(900)
class BatcherTest {

    private final List<List<Integer>> batches = new CopyOnWriteArrayList<>();

    private Batcher<Integer, String> batcher(int max, Consumer<List<Integer>> before) {
        return new Batcher<>(max, TransactionOperations.withoutTransaction(), items -> {
            batches.add(items);
            before.accept(items);
            return items.stream().map(i -> "result " + i).toList();
        });
    }

    private static CompletableFuture<String> aside(Batcher<Integer, String> batcher, int item) {
        return CompletableFuture.supplyAsync(() -> batcher.submit(item), task -> Thread.ofVirtual().start(task));
    }

    @Test
    void whoComesAloneIsServedAlone() {
        var batcher = batcher(10, items -> {});
        assertThat(batcher.submit(1)).isEqualTo("result 1");
        assertThat(batcher.submit(2)).isEqualTo("result 2");
        assertThat(batches).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whoComesMeanwhileGathersAndEachGetsHisOwnResult() throws Exception {
        var firstIsIn = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var batcher = batcher(60, items -> {
            if (items.contains(0)) {
                firstIsIn.countDown();
                awaitIt(goOn);
            }
        });
        var first = aside(batcher, 0);
        firstIsIn.await(3, TimeUnit.MINUTES);
        var called = new AtomicInteger();
        var others = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> {
                            called.incrementAndGet();
                            return batcher.submit(i);
                        },
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        await().until(() -> called.get() == 100);
        goOn.countDown();

        assertThat(first.get()).isEqualTo("result 0");
        for (int i = 1; i <= 100; i++) {
            assertThat(others.get(i - 1).get()).isEqualTo("result " + i);
        }
        assertThat(batches).allSatisfy(batch -> assertThat(batch.size()).isLessThanOrEqualTo(60));
        assertThat(batches.size()).as("batches for 101 items").isLessThan(20);
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await(3, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Blocks the first call, so that the items submitted meanwhile become one batch. */
    private List<CompletableFuture<String>> together(Consumer<List<Integer>> before, int... items) throws Exception {
        var firstIsIn = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var batcher = batcher(100, batch -> {
            if (batch.contains(-1)) {
                firstIsIn.countDown();
                awaitIt(goOn);
            } else {
                before.accept(batch);
            }
        });
        aside(batcher, -1);
        firstIsIn.await(3, TimeUnit.MINUTES);
        var threads = new CopyOnWriteArrayList<Thread>();
        var results = IntStream.of(items)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> batcher.submit(i), task -> threads.add(Thread.ofPlatform().daemon().start(task))))
                .toList();
        await().until(() -> threads.stream().allMatch(t -> t.getState() == Thread.State.WAITING));
        goOn.countDown();
        return results;
    }

    @Test
    void oneBadItemDoesNotFailTheOthers() throws Exception {
        var results = together(
                items -> {
                    if (items.contains(2)) {
                        throw new IllegalArgumentException("2 is bad");
                    }
                },
                1,
                2,
                3);

        assertThat(results.get(0).get()).isEqualTo("result 1");
        assertThatThrownBy(() -> results.get(1).get()).hasRootCauseMessage("2 is bad");
        assertThat(results.get(2).get()).isEqualTo("result 3");
        assertThat(batches).hasSize(5);
    }

    @Test
    void whatIsNotTheItemsFaultReachesAllAndIsNotTriedOneByOne() throws Exception {
        var results = together(
                items -> {
                    throw new DataAccessResourceFailureException("the database is away");
                },
                1,
                2,
                3);

        for (var result : results) {
            assertThatThrownBy(result::get).hasRootCauseMessage("the database is away");
        }
        assertThat(batches).hasSize(2);
    }

    @Test
    void aDeadlockIsTriedAgain() {
        var left = new AtomicInteger(2);
        var batcher = batcher(10, items -> {
            if (left.getAndDecrement() > 0) {
                throw new CannotAcquireLockException("deadlock");
            }
        });
        assertThat(batcher.submit(1)).isEqualTo("result 1");
        assertThat(batches).hasSize(3);
    }

    @Test
    void theCallersOwnExceptionIsThrown() {
        var batcher = batcher(10, items -> {
            throw new IllegalArgumentException("no");
        });
        assertThatThrownBy(() -> batcher.submit(1)).isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("no");
        assertThat(batches).hasSize(1);
    }

    @Test
    void wrongNumbersOfResultsAreNoticed() {
        var batcher = new Batcher<Integer, String>(10, TransactionOperations.withoutTransaction(), items -> List.of());
        assertThatIllegalStateException().isThrownBy(() -> batcher.submit(1)).withMessageContaining("0 results for 1 items");
    }

    @Test
    void itIsNoPartOfAnotherTransaction() {
        TransactionSynchronizationManager.setActualTransactionActive(true);
        try {
            assertThatIllegalStateException().isThrownBy(() -> batcher(1, items -> {}).submit(1));
        } finally {
            TransactionSynchronizationManager.setActualTransactionActive(false);
        }
    }
}
