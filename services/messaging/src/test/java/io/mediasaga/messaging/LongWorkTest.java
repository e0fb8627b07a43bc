package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.carry;
import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.unload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.Script;
import io.mediasaga.messaging.harness.World;
import io.mediasaga.messaging.work.WorkRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;

/** Work outside of transactions: leases, fencing, cancellation, and handing over. */
class LongWorkTest {

    static World world;
    static Replica one;

    Reader replies;
    Reader dead;
    String saga = id("s");

    @BeforeAll
    static void start() {
        world = new World();
        one = world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        replies = world.kafka().reader(Parcels.CARRIED, Parcels.UNLOADED, Parcels.FAILED);
        dead = world.kafka().reader(world.deadLetters());
    }

    private static void awaitStop(Work work) throws InterruptedException {
        var stopped = new CountDownLatch(1);
        work.onStop(stopped::countDown);
        stopped.await(3, TimeUnit.MINUTES);
    }

    private void firstLeaseIsOver() {
        world.sql().update(
                "UPDATE work SET leased_until = now() - interval '1 second' WHERE saga_id = ? AND epoch = 1", saga);
    }

    @Test
    void itsLeaseIsRenewedWhileItRuns() throws Exception {
        var goOn = new CountDownLatch(1);
        world.script().next(saga, (command, work) -> {
            goOn.await(3, TimeUnit.MINUTES);
            return Outcome.success();
        });
        world.kafka().send(Parcels.CARRY, carry(saga, 1));
        await().until(() -> world.script().calls(saga).size() == 1);
        var first = world.sql().queryForObject("SELECT leased_until FROM work WHERE saga_id = ?", java.sql.Timestamp.class, saga);

        await().until(() -> world.count(
                        "SELECT count(*) FROM work WHERE saga_id = ? AND leased_until > ?::timestamptz + interval '1 second'", saga, first)
                == 1);
        goOn.countDown();

        replies.awaitOne(saga);
        assertThat(world.script().calls(saga)).hasSize(1);
    }

    @Test
    void itSurvivesTheDeathOfItsWorkerAndOnlyTheNewOneEndsIt() throws Exception {
        var oldGoesOn = new CountDownLatch(1);
        var newGoesOn = new CountDownLatch(1);
        var epochs = new CopyOnWriteArrayList<Long>();
        world.script().next(
                saga,
                (command, work) -> {
                    epochs.add(work.epoch());
                    oldGoesOn.await(3, TimeUnit.MINUTES);
                    return Outcome.success(new Parcels.Parcel("the old one", null));
                },
                (command, work) -> {
                    epochs.add(work.epoch());
                    newGoesOn.await(3, TimeUnit.MINUTES);
                    return Outcome.success(new Parcels.Parcel("the new one", null));
                });
        world.kafka().send(Parcels.CARRY, carry(saga, 1));
        await().until(() -> epochs.size() == 1);

        // As if the worker's process had been paused for longer than its lease.
        await().until(() -> {
            firstLeaseIsOver();
            return epochs.size() == 2;
        });
        oldGoesOn.countDown();
        String after = id("s");
        world.kafka().send(Parcels.CARRY, carry(after, 1));
        replies.awaitOne(after);
        assertThat(world.effects(saga, "CARRY_PARCEL")).as("the old one has ended, and nothing came of it").isZero();
        newGoesOn.countDown();

        var reply = replies.awaitOne(saga);
        assertThat(reply.json().path("payload").path("parcel_id").asString()).isEqualTo("the new one");
        assertThat(epochs).containsExactly(1L, 2L);
        assertThat(replies.of(saga)).hasSize(1);
        assertThat(world.effects(saga, "CARRY_PARCEL")).isEqualTo(1);
    }

    @Test
    void aCompensationCancelsItAndStartsOnlyWhenItHasStopped() {
        var events = new CopyOnWriteArrayList<String>();
        world.script().always(saga, (command, work) -> {
            events.add(command.step() + " begins");
            if (command.step().equals("CARRY_PARCEL")) {
                awaitStop(Objects.requireNonNull(work));
            }
            events.add(command.step() + " ends");
            return Outcome.success();
        });
        world.kafka().send(Parcels.CARRY, carry(saga, 1));
        await().until(() -> events.size() == 1);

        world.kafka().send(Parcels.UNLOAD, unload(saga));

        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.UNLOADED);
        assertThat(events)
                .containsExactly("CARRY_PARCEL begins", "CARRY_PARCEL ends", "UNLOAD_PARCEL begins", "UNLOAD_PARCEL ends");
        assertThat(world.effects(saga, "CARRY_PARCEL")).isZero();
        assertThat(world.effects(saga, "UNLOAD_PARCEL")).isEqualTo(1);
        assertThat(world.count("SELECT count(*) FROM work WHERE saga_id = ?", saga)).isZero();
    }

    @Test
    void workThatNobodyHasBegunIsCancelledAtOnceAndItsLateCommandRefused() {
        one.bean(WorkRunner.class).stop();
        one.process(Parcels.CARRY, carry(saga, 1));
        one.process(Parcels.UNLOAD, unload(saga));
        assertThat(world.sql().queryForList("SELECT step FROM work WHERE saga_id = ?", String.class, saga))
                .containsExactly("UNLOAD_PARCEL");
        one.bean(WorkRunner.class).start();

        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.UNLOADED));
        world.kafka().send(Parcels.CARRY, carry(saga, 2));

        assertThat(replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.FAILED)).getFirst().text())
                .contains("COMPENSATED");
        assertThat(world.effects(saga, "CARRY_PARCEL")).isZero();
    }

    @Test
    void aCancelledWorkerThatDiedDoesNotHoldTheCompensationUp() {
        one.bean(WorkRunner.class).stop();
        one.process(Parcels.CARRY, carry(saga, 1));
        world.sql().update("UPDATE work SET owner = 'dead', epoch = 1, leased_until = now() + interval '2 seconds'"
                + " WHERE saga_id = ?", saga);
        one.process(Parcels.UNLOAD, unload(saga));
        one.bean(WorkRunner.class).start();

        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.UNLOADED);
        await().until(() -> world.count("SELECT count(*) FROM work WHERE saga_id = ?", saga) == 0);
    }

    @Test
    void aFurtherAttemptOfItIsTheSameWorkAndTheReplyNamesIt() {
        var goOn = new CountDownLatch(1);
        world.script().next(saga, (command, work) -> {
            goOn.await(3, TimeUnit.MINUTES);
            return Outcome.failed("FLAT_TYRE", "A tyre is flat.");
        });
        world.kafka().send(Parcels.CARRY, carry(saga, 1));
        await().until(() -> world.script().calls(saga).size() == 1);

        world.kafka().send(Parcels.CARRY, carry(saga, 2));
        await().until(() -> world.count("SELECT count(*) FROM work WHERE saga_id = ? AND attempt = 2", saga) == 1);
        goOn.countDown();

        assertThat(replies.awaitOne(saga).json().path("attempt").asInt()).isEqualTo(2);
        world.kafka().send(Parcels.CARRY, carry(saga, 3));
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.CARRIED));
        assertThat(world.script().calls(saga)).hasSize(2);
    }

    @Test
    void moreThanThereAreWorkersIsDoneOneAfterTheOtherAndOnceEach() {
        String prefix = id("many");
        var messages = IntStream.range(0, 40).mapToObj(i -> carry(prefix + "-" + i, 1)).toArray(String[]::new);

        one.process(Parcels.CARRY, messages);

        replies.await(40, s -> s.text().contains(prefix));
        assertThat(world.count("SELECT count(*) FROM parcel WHERE saga_id LIKE ?", prefix + "%")).isEqualTo(40);
        assertThat(world.count("SELECT count(*) FROM effect WHERE saga_id LIKE ? AND status = 's'", prefix + "%"))
                .isEqualTo(40);
        assertThat(world.count("SELECT count(*) FROM work WHERE saga_id LIKE ?", prefix + "%")).isZero();
        assertThat(replies.read().stream().filter(s -> s.text().contains(prefix)).map(s -> s.field("message_id")).distinct())
                .as("messages, however often they are sent").hasSize(40);
    }

    @Test
    void whatIsRolledBackIsNotBegun() {
        try (World others = new World()) {
            // However long it takes until the constraint is gone, there is an attempt left.
            Replica replica = others.with("retry.attempts", 15).start();
            others.sql().execute("ALTER TABLE work ADD CONSTRAINT no_more CHECK (saga_id <> '" + saga + "') NOT VALID");
            try {
                replica.process(Parcels.CARRY, carry(saga, 1), carry(id("s"), 1));
            } finally {
                others.sql().execute("ALTER TABLE work DROP CONSTRAINT no_more");
            }
            assertThat(replies.awaitOne(saga).topic()).as("the retry of the command").isEqualTo(Parcels.CARRIED);
            assertThat(others.script().calls(saga)).hasSize(1);
        }
    }

    @Test
    void itIsTriedFiveTimesAndThenBuried() {
        world.script().always(saga, Script.throwing("no road"));

        world.kafka().send(Parcels.CARRY, carry(saga, 1));

        assertThat(dead.awaitOne(saga).headers())
                .containsEntry(Headers.ATTEMPTS, "5")
                .containsEntry(Headers.FIRST_ERROR, "IllegalStateException: no road");
        assertThat(replies.awaitOne(saga).text()).contains("DEAD_LETTER");
        assertThat(world.script().calls(saga)).hasSize(5);
    }

    @Test
    void whatKillsItsWorkerEachTimeIsBuriedToo() {
        try (World others = new World()) {
            others.with("work.lease", "3s").with("retry.attempts", 3).start();
            var graves = others.kafka().reader(others.deadLetters());
            var answers = others.kafka().reader(Parcels.FAILED);
            // As after a kill or in want of memory, nobody tells of the end of the run, and the lease runs out.
            others.script().always(saga, (command, work) -> {
                throw new OutOfMemoryError("simulated");
            });

            others.kafka().send(Parcels.CARRY, carry(saga, 1));

            assertThat(graves.awaitOne(saga).headers())
                    .containsEntry(Headers.ATTEMPTS, "3")
                    .hasEntrySatisfying(Headers.LAST_ERROR, error -> assertThat(error).contains("ended without an outcome"));
            assertThat(answers.awaitOne(saga).text()).contains("DEAD_LETTER").contains("ended without an outcome");
            assertThat(others.script().calls(saga)).hasSize(3);
            assertThat(others.count("SELECT count(*) FROM work")).isZero();
        }
    }

    @Test
    void failuresOfTheSurroundingsAreNoRuns() {
        Script.Act deadlock = (command, work) -> {
            throw new CannotAcquireLockException("deadlock detected");
        };
        world.script().next(saga, deadlock, deadlock);

        world.kafka().send(Parcels.CARRY, carry(saga, 1));
        await().until(() -> world.script().calls(saga).size() >= 2);

        assertThat(world.count("SELECT coalesce(sum(runs), 0) FROM work WHERE saga_id = ?", saga)).isZero();
        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.CARRIED);
    }

    /** However often: the store of media files may be away for longer than five attempts take. */
    @Test
    void thatSomethingElseIsAwayIsNoRun() {
        var back = new AtomicBoolean();
        world.script().always(saga, (command, work) -> {
            if (!back.get()) {
                throw new AwayException("the bucket cannot be reached", new IOException("connection refused"));
            }
            return Outcome.success();
        });
        world.kafka().send(Parcels.CARRY, carry(saga, 1));
        await().until(() -> world.script().calls(saga).size() >= 1);
        await().until(() -> world.count("SELECT count(*) FROM work WHERE saga_id = ? AND owner IS NULL", saga) == 1);

        assertThat(world.count("SELECT count(*) FROM work WHERE saga_id = ? AND runs = 0 AND first_error IS NULL", saga)).isEqualTo(1);
        back.set(true);
        assertThat(replies.awaitOne(saga).topic()).isEqualTo(Parcels.CARRIED);
    }

    @Test
    void itTellsHowFarItIsAtMostOnceASecond() {
        var progress = world.kafka().reader(Parcels.SEEN);
        var nanos = new AtomicLong();
        world.script().next(saga, (command, work) -> {
            long begin = System.nanoTime();
            for (int percent = 0; percent < 100; percent++) {
                Objects.requireNonNull(work)
                        .progress(Parcels.SEEN, "ParcelCarryProgress", Map.of("percent", percent));
            }
            nanos.set(System.nanoTime() - begin);
            return Outcome.success();
        });

        world.kafka().send(Parcels.CARRY, carry(saga, 1));

        replies.awaitOne(saga);
        assertThat(progress.awaitOne(saga).field("type")).isEqualTo("ParcelCarryProgress");
        assertThat(progress.of(saga).size()).isLessThanOrEqualTo(2 + (int) Duration.ofNanos(nanos.get()).toSeconds());
    }

    @Test
    void aShutdownHandsItOverAtOnce() {
        try (World others = new World()) {
            // A lease this long cannot be what the other replica waits for.
            others.with("work.lease", "300s");
            var goesOn = others.kafka().reader(Parcels.CARRIED);
            var killed = new AtomicBoolean();
            var calls = new AtomicInteger();
            others.script().always(saga, (command, work) -> {
                if (calls.incrementAndGet() == 1) {
                    Objects.requireNonNull(work).onStop(() -> killed.set(true));
                    awaitStop(work);
                    throw new IllegalStateException("killed");
                }
                return Outcome.success();
            });
            Replica first = others.start();
            others.kafka().send(Parcels.CARRY, carry(saga, 1));
            await().until(() -> calls.get() == 1);

            first.close();
            others.start();

            goesOn.awaitOne(saga); // which may be the one of the other world, whose replica listens to the same topics
            await().until(() -> calls.get() == 2);
            assertThat(killed).isTrue();
        }
    }
}
