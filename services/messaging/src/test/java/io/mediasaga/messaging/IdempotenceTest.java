package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.back;
import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.record;
import static io.mediasaga.messaging.harness.Messages.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Point 1: effect, inbox row and outbox rows are one; messages count once, and steps have one outcome. */
class IdempotenceTest {

    static World world;
    static Replica one;
    static Replica other;

    Reader replies;
    String saga = id("s");

    @BeforeAll
    static void start() {
        world = new World();
        one = world.start();
        other = world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        replies = world.kafka().reader(Parcels.SENT, Parcels.RETURNED, Parcels.FAILED);
    }

    /** Everything that was sent to the saga's commands before has been handled when this returns. */
    private void settle() {
        String last = id("last");
        for (int partition = 0; partition < 4; partition++) {
            world.kafka().sendTo(Parcels.SEND, partition, List.of(send(last + partition)));
        }
        replies.await(4, s -> s.text().contains(last));
    }

    private static CompletableFuture<Void> aside(Runnable action) {
        return CompletableFuture.runAsync(action, task -> Thread.ofVirtual().start(task));
    }

    @Test
    void theSameMessageTwiceCountsOnce() {
        String message = send(saga);

        world.kafka().send(Parcels.SEND, message);
        replies.awaitOne(saga);
        world.kafka().send(Parcels.SEND, message);
        world.kafka().send(Parcels.SEND, "another-key", message);
        settle();

        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
        assertThat(replies.of(saga)).hasSize(1);
    }

    @Test
    void theSameMessageTwiceInOneBatchCountsOnce() {
        String message = send(saga);

        one.process(Parcels.SEND, message, message);

        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
        assertThat(world.script().calls(saga)).hasSize(1);
    }

    @Test
    void theSameStepUnderANewMessageIdGetsItsOutcomeAgain() {
        world.script().next(saga, (command, work) -> Outcome.success(new Parcels.Parcel("the-first", 7)));

        world.kafka().send(Parcels.SEND, send(saga, 1));
        world.kafka().send(Parcels.SEND, send(saga, 2));

        var told = replies.await(2, saga);
        assertThat(told).extracting(s -> s.json().path("payload").toString())
                .containsOnly("{\"parcel_id\":\"the-first\",\"weight\":7}");
        assertThat(told).extracting(s -> s.json().path("attempt").asInt()).containsExactlyInAnyOrder(1, 2);
        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
    }

    @Test
    void theSameStepTwiceInOneBatchHasOneEffectAndTwoReplies() {
        one.process(Parcels.SEND, send(saga, 1), send(saga, 2));

        assertThat(replies.await(2, saga)).hasSize(2);
        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
    }

    @Test
    void theSameStepAtTheSameTimeInTwoReplicasHasOneEffect() throws Exception {
        var bothIn = new CountDownLatch(2);
        world.script().always(saga, (command, work) -> {
            bothIn.countDown();
            bothIn.await(3, TimeUnit.MINUTES);
            return Outcome.success(new Parcels.Parcel("p", null));
        });

        var first = aside(() -> one.process(Parcels.SEND, send(saga, 1)));
        var second = aside(() -> other.process(Parcels.SEND, send(saga, 2)));
        CompletableFuture.allOf(first, second).get(3, TimeUnit.MINUTES);

        assertThat(world.script().calls(saga)).hasSize(2);
        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
        assertThat(replies.await(2, saga)).hasSize(2);
    }

    @Test
    void aFailureLeavesRoomForAHigherAttempt() {
        world.script().next(saga, (command, work) -> Outcome.failed("NO_VAN", "There is no van."));

        world.kafka().send(Parcels.SEND, send(saga, 1));
        var failure = replies.awaitOne(saga);
        assertThat(failure.topic()).isEqualTo(Parcels.FAILED);
        assertThat(failure.field("type")).isEqualTo("ParcelSendFailed");
        assertThat(failure.json().path("payload").path("code").asString()).isEqualTo("NO_VAN");
        assertThat(failure.json().path("payload").path("retryable").asBoolean()).isTrue();

        world.kafka().send(Parcels.SEND, send(saga, 1));
        replies.await(2, s -> s.of(saga) && s.topic().equals(Parcels.FAILED));
        assertThat(world.script().calls(saga)).as("the same attempt is told, not made, again").hasSize(1);

        world.kafka().send(Parcels.SEND, send(saga, 2));
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.SENT));
        assertThat(world.script().calls(saga)).hasSize(2);
    }

    @Test
    void aCommandThatComesAfterItsCompensationIsRefused() {
        world.kafka().send(Parcels.RETURN, back(saga));
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.RETURNED));

        world.kafka().send(Parcels.SEND, send(saga));

        var refusal = replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.FAILED)).getFirst();
        assertThat(refusal.json().path("payload").path("code").asString()).isEqualTo("COMPENSATED");
        assertThat(refusal.json().path("payload").path("retryable").asBoolean(true)).isFalse();
        assertThat(world.effects(saga, "SEND_PARCEL")).isZero();
    }

    @Test
    void aCommandAfterItsCompensationInOneBatchIsRefused() {
        one.process(List.of(record(Parcels.RETURN, back(saga)), record(Parcels.SEND, send(saga))));

        assertThat(world.effects(saga, "RETURN_PARCEL")).isEqualTo(1);
        assertThat(world.effects(saga, "SEND_PARCEL")).isZero();
    }

    @Test
    void aCommandThatIsUnderWayWhileItIsCompensatedElsewhereLeavesNothing() throws Exception {
        var commandIsIn = new CountDownLatch(1);
        var compensated = new CountDownLatch(1);
        world.script().always(saga, (command, work) -> {
            if (command.step().equals("SEND_PARCEL")) {
                commandIsIn.countDown();
                compensated.await(3, TimeUnit.MINUTES);
            }
            return Outcome.success();
        });

        var command = aside(() -> one.process(Parcels.SEND, send(saga)));
        commandIsIn.await(3, TimeUnit.MINUTES);
        other.process(Parcels.RETURN, back(saga));
        compensated.countDown();
        command.get(3, TimeUnit.MINUTES);

        assertThat(world.effects(saga, "SEND_PARCEL")).isZero();
        // A message may be sent twice, but there are no more than these two.
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.FAILED));
        replies.await(1, s -> s.of(saga) && s.topic().equals(Parcels.RETURNED));
        var topicOfMessage = new HashMap<String, String>();
        replies.of(saga).forEach(s -> topicOfMessage.put(s.field("message_id"), s.topic()));
        assertThat(topicOfMessage.values()).containsExactlyInAnyOrder(Parcels.RETURNED, Parcels.FAILED);
    }

    @Test
    void aCommandThatComesWhileItIsCompensatedElsewhereLeavesNothing() throws Exception {
        var compensating = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        world.script().always(saga, (command, work) -> {
            if (command.step().equals("RETURN_PARCEL")) {
                compensating.countDown();
                goOn.await(3, TimeUnit.MINUTES);
            }
            return Outcome.success();
        });

        var compensation = aside(() -> one.process(Parcels.RETURN, back(saga)));
        compensating.await(3, TimeUnit.MINUTES);
        var command = aside(() -> other.process(Parcels.SEND, send(saga)));
        await().until(() -> world.count("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
        goOn.countDown();
        CompletableFuture.allOf(compensation, command).get(3, TimeUnit.MINUTES);

        assertThat(world.effects(saga, "SEND_PARCEL")).isZero();
        assertThat(world.effects(saga, "RETURN_PARCEL")).isEqualTo(1);
    }

    @Test
    void aCompensationAfterItsCommandSeesItsEffect() {
        var seen = new AtomicInteger();
        world.script().next(saga, (command, work) -> Outcome.success(), (command, work) -> {
            seen.set(world.effects(saga, "SEND_PARCEL"));
            return Outcome.success();
        });

        one.process(Parcels.SEND, send(saga));
        other.process(Parcels.RETURN, back(saga));

        assertThat(seen.get()).isEqualTo(1);
    }

    @Test
    void whatIsRolledBackSendsNothing() {
        var envelope = new Envelope(id("m"), saga, "ParcelSent", "SEND_PARCEL", Instant.now(), "{}", null, 1, null);
        assertThatThrownBy(() -> one.inTransaction(() -> {
                    one.bean(Outbox.class).send(new OutgoingMessage(Parcels.SENT, saga, envelope, null));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        settle();

        assertThat(replies.of(saga)).isEmpty();
        assertThat(world.count("SELECT count(*) FROM outbox WHERE key = ?", saga)).isZero();
    }

    @Test
    void sendingNeedsATransaction() {
        var envelope = new Envelope(id("m"), saga, "ParcelSent", "SEND_PARCEL", Instant.now(), "{}", null, 1, null);
        assertThatThrownBy(() -> one.bean(Outbox.class).send(new OutgoingMessage(Parcels.SENT, saga, envelope, null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("inside a transaction");
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsWritten() {
        var envelope = new Envelope(
                id("m"), saga, "T", "S", Instant.now(), "{\"a\":\"" + "x".repeat(300_000) + "\"}", null, 1, null);
        assertThatThrownBy(() -> one.inTransaction(
                        () -> one.bean(Outbox.class).send(new OutgoingMessage(Parcels.SENT, saga, envelope, null))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 262144");
    }

    @Test
    void payloadsPassThroughAsTheyAre() {
        String payload = "{ \"b\":1.50, \"a\" : [ 1e3,\"\\u00e4ä\\\\u0000\" ],  \"n\":null }";
        var envelope = new Envelope(id("m"), saga, "ParcelSent", "SEND_PARCEL", Instant.now(), payload, null, 1, null);

        one.inTransaction(() -> one.bean(Outbox.class).send(new OutgoingMessage(Parcels.SENT, saga, envelope, "r-1")));

        var sent = replies.awaitOne(saga);
        assertThat(sent.text()).contains("\"payload\":" + payload);
        assertThat(sent.headers()).containsEntry("X-Request-ID", "r-1");
    }

    @Test
    void handlersSeeTheRequestAndTheirLogLinesToo() {
        world.kafka().send(
                Parcels.SEND,
                null,
                send(saga).getBytes(java.nio.charset.StandardCharsets.UTF_8),
                java.util.Map.of(Headers.REQUEST_ID, "request-7"));

        var reply = replies.awaitOne(saga);
        assertThat(reply.headers()).containsEntry("X-Request-ID", "request-7");
        assertThat(world.script().calls(saga)).singleElement().satisfies(call -> {
            assertThat(call.requestId()).isEqualTo("request-7");
            assertThat(call.mdc()).containsEntry("request_id", "request-7").containsEntry("saga_id", saga);
        });
    }

    @Test
    void theSmokeMessageOfAPlainProducerWorks() {
        world.kafka().send(Parcels.SEND, """
                {"message_id":"%s","saga_id":"%s","type":"ParcelSend","step":"SEND_PARCEL",\
                "created_at":"2026-01-10T12:00:00Z","new_field":{"x":[1]},"payload":{"parcel_id":"a1","unknown":true}}"""
                .formatted(id("m"), saga));

        assertThat(replies.awaitOne(saga).json().path("attempt").isMissingNode()).isTrue();
    }
}
