package io.mediasaga.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.harness.Messages;
import io.mediasaga.messaging.harness.Parcels;
import io.mediasaga.messaging.harness.Replica;
import io.mediasaga.messaging.harness.World;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no spans are made, the place in the trace is passed on as it came, and nothing is made up. */
class TraceHeaderTest {

    private static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    static World world;
    static Replica replica;

    @BeforeAll
    static void start() {
        world = new World();
        replica = world.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {Parcels.SEND, Parcels.CARRY})
    void theReplyOfACommandCarriesItsTrace(String command) {
        assertThat(replyTo(command, Map.of("traceparent", TRACEPARENT))).containsEntry("traceparent", TRACEPARENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {Parcels.SEND, Parcels.CARRY})
    void withoutHeaderThereIsNone(String command) {
        assertThat(replyTo(command, Map.of())).doesNotContainKey("traceparent");
    }

    @ParameterizedTest
    @ValueSource(strings = {Parcels.SEND, Parcels.CARRY})
    void whatIsMalformedGoesNoFurther(String command) {
        assertThat(replyTo(command, Map.of("traceparent", TRACEPARENT + "-more", "X-Request-ID", "r-1")))
                .doesNotContainKey("traceparent")
                .containsEntry("X-Request-ID", "r-1");
    }

    private static Map<String, String> replyTo(String command, Map<String, String> headers) {
        String saga = Messages.id("s");
        boolean send = command.equals(Parcels.SEND);
        var replies = world.kafka().reader(send ? Parcels.SENT : Parcels.CARRIED);
        String message = send ? Messages.send(saga, 1) : Messages.carry(saga, 1);
        world.kafka().send(command, null, message.getBytes(StandardCharsets.UTF_8), headers);
        return replies.awaitOne(saga).headers();
    }
}
