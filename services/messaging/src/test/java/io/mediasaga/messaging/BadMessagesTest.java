package io.mediasaga.messaging;

import static io.mediasaga.messaging.harness.Messages.id;
import static io.mediasaga.messaging.harness.Messages.message;
import static io.mediasaga.messaging.harness.Messages.seen;
import static io.mediasaga.messaging.harness.Messages.send;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Reader;
import io.mediasaga.messaging.harness.Reader.Seen;
import io.mediasaga.messaging.harness.World;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Point 9: what cannot be read or is not known goes to dead letters at once, with the reason, and blocks nothing. */
class BadMessagesTest {

    static World world;

    Reader dead;
    Reader replies;
    String saga = id("s");

    @BeforeAll
    static void start() {
        world = new World();
        world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void listen() {
        dead = world.kafka().reader(world.deadLetters());
        replies = world.kafka().reader(Parcels.SENT, Parcels.FAILED);
    }

    /** Each bad message is followed by a good one on the same partition. */
    @Test
    void eachIsBuriedWithItsReasonAndNoneBlocksThePartition() {
        var bad = new LinkedHashMap<String, String>();
        bad.put("no json", "is not valid JSON");
        bad.put("[1,2]", "is not a JSON object");
        bad.put("\"text\"", "is not a JSON object");
        bad.put("", "has no value");
        bad.put("{}", "'message_id' is missing");
        bad.put(send(saga).replace("\"type\":\"ParcelSend\"", "\"type\":\"ParcelEat\""), "Type 'ParcelEat' is not known");
        bad.put(send(saga).replace("\"step\"", "\"version\":2,\"step\""), "Version 2 of ParcelSend is newer");
        bad.put(send(saga).replace("\"saga_id\":\"" + saga, "\"saga_id\":\"  "), "'saga_id' is blank");
        bad.put(send("x".repeat(65)), "'saga_id' has 65 characters; at most 64");
        bad.put(send("tab\\there"), "'saga_id' has a control character");
        bad.put(send("nul\\u0000here"), "'saga_id' has a control character");
        bad.put(send("half\\ud83d"), "half a character");
        bad.put(send(saga).replace("\"p-" + saga, "\"\\u0000"), "'payload' has a NUL character");
        bad.put(send(saga) + " {}", "Something follows after the end");
        bad.put(send(saga).substring(0, 60), "is not valid JSON");
        bad.put(send(saga).replace("\"payload\":{", "\"payload\":[{").replace("}}", "}]}"), "'payload' is not a JSON object");
        bad.put(send(saga).replace("2026-01-10T12:00:00Z", "yesterday"), "'created_at' is 'yesterday'");
        bad.put(send(saga).replace("\"step\"", "\"attempt\":0,\"step\""), "'attempt' is not a whole number");
        bad.put(send(saga).replace("\"step\"", "\"attempt\":99999999999,\"step\""), "'attempt' is not a whole number");
        bad.put(send(saga).replace("\"step\"", "\"type\":\"ParcelSend\",\"step\""), "Duplicate");
        bad.put(send(saga).replace("{\"parcel_id\"", "{\"a\":" + "[".repeat(2000) + "]".repeat(2000) + ",\"parcel_id\""),
                "nesting depth");
        bad.put(send(saga).replace("\"p-" + saga, "\"" + "x".repeat(262_144)), "at most 262144 are accepted");
        var values = new ArrayList<String>();
        bad.keySet().forEach(value -> {
            values.add(value);
            values.add(send(saga, values.size()));
        });

        world.kafka().sendTo(Parcels.SEND, 0, values);

        replies.await(bad.size(), s -> s.of(saga) && s.topic().equals(Parcels.SENT));
        List<Seen> letters = dead.await(bad.size(), s -> true);
        bad.forEach((value, reason) -> assertThat(letters)
                .filteredOn(s -> s.text().equals(value))
                .as(value.length() > 300 ? value.substring(0, 300) : value)
                .singleElement()
                .satisfies(s -> assertThat(s.headers())
                        .containsEntry(Headers.ATTEMPTS, "1")
                        .containsEntry(Headers.ORIGINAL_TOPIC, Parcels.SEND)
                        .containsEntry(Headers.ORIGINAL_PARTITION, "0")
                        .hasEntrySatisfying(Headers.LAST_ERROR, error -> assertThat(error).contains(reason))));
        assertThat(world.effects(saga, "SEND_PARCEL")).isEqualTo(1);
    }

    @Test
    void recordsThatAreNoTextAreBuriedAsTheyAre() {
        byte[] noise = HexFormat.of().parseHex("00ff10fe80c0");
        byte[] key = HexFormat.of().parseHex("80ff00");
        byte[] utf16 = send(saga).getBytes(UTF_16);

        world.kafka().send(Parcels.SEND, key, noise, Map.of());
        world.kafka().send(Parcels.SEND, null, null, Map.of());
        world.kafka().send(Parcels.SEND, null, utf16, Map.of());

        List<Seen> letters = dead.await(3, s -> true);
        assertThat(letters).anySatisfy(s -> {
            assertThat(s.bytes()).isEqualTo(noise);
            assertThat(s.headers()).containsEntry(Headers.ORIGINAL_KEY, new String(key, UTF_8));
        });
        assertThat(letters).anySatisfy(s -> assertThat(s.headers())
                .hasEntrySatisfying(Headers.LAST_ERROR, e -> assertThat(e).contains("has no value")));
        assertThat(letters).anySatisfy(s -> {
            assertThat(s.bytes()).isEqualTo(utf16);
            assertThat(s.headers()).hasEntrySatisfying(Headers.LAST_ERROR, e -> assertThat(e).contains("not in UTF-8"));
        });
    }

    @Test
    void aGoodMessageMayHaveAnyKeyThatFits() {
        world.kafka().send(Parcels.SEND, HexFormat.of().parseHex("80ff00"), send(saga).getBytes(UTF_8), Map.of());

        assertThat(replies.awaitOne(saga).key()).isEqualTo(saga);
    }

    @Test
    void anOverlongKeyIsBuriedWithoutBlocking() {
        String key = "k".repeat(5000);

        world.kafka().send(Parcels.SEND, key, send(saga));

        assertThat(dead.awaitOne(saga)).satisfies(s -> {
            assertThat(s.key()).isNull();
            assertThat(s.headers())
                    .containsEntry(Headers.ORIGINAL_KEY, key)
                    .hasEntrySatisfying(Headers.LAST_ERROR, e -> assertThat(e).contains("key has 5000 characters"));
        });
    }

    @Test
    void aFailingMessageWithABinaryKeyIsBuriedUnderThatKey() {
        world.script().always(saga, (command, work) -> {
            throw new InvalidPayloadException("no");
        });
        byte[] key = HexFormat.of().parseHex("80ff00");

        world.kafka().send(Parcels.SEND, key, send(saga).getBytes(UTF_8), Map.of());

        assertThat(dead.awaitOne(saga).key()).isEqualTo(new String(key, UTF_8));
    }

    @Test
    void aRequestIdThatIsNothingToLogIsLeftOut() {
        world.kafka().send(Parcels.SEND, null, send(saga).getBytes(UTF_8), Map.of(Headers.REQUEST_ID, "a\nb"));

        assertThat(replies.awaitOne(saga).headers()).doesNotContainKey(Headers.REQUEST_ID);
    }

    @Test
    void otherTypesOnTopicsOfEventsAreNobodysFault() {
        world.kafka().sendTo(Parcels.SEEN, 0, List.of(
                message(id("m"), saga, "ParcelHeard", "HEAR", null),
                seen(id("m"), saga)));

        await().untilAsserted(() -> assertThat(world.effects(saga, "SEE_PARCEL")).isEqualTo(1));
        assertThat(dead.of(saga)).isEmpty();
    }
}
