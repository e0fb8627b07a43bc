package io.mediasaga.messaging.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mediasaga.messaging.Envelope;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EnvelopeCodecTest {

    private final EnvelopeCodec codec = new EnvelopeCodec(4096);

    private static String message(String payload) {
        return """
                {"payload":%s,"message_id":"m","saga_id":"s","type":"T","step":"S","created_at":"2026-01-10T13:00:00+01:00"}"""
                .formatted(payload);
    }

    private Envelope read(String message) throws InvalidEnvelopeException {
        return codec.read(message.getBytes(UTF_8));
    }

    @Test
    void whatIsAbsentHasItsDefault() throws Exception {
        assertThat(read(message("{}")))
                .isEqualTo(new Envelope("m", "s", "T", "S", Instant.parse("2026-01-10T12:00:00Z"), "{}", null, 1, null));
    }

    @Test
    void nullIsAbsent() throws Exception {
        Envelope envelope = read(message("{}").replace("\"step\"", "\"attempt\":null,\"version\":null,\"compensates\":null,\"step\""));
        assertThat(envelope.attempt()).isNull();
        assertThat(envelope.version()).isEqualTo(1);
        assertThat(envelope.compensates()).isNull();
    }

    @Test
    void itComesBackAsItWasWritten() throws Exception {
        var envelope = new Envelope(
                "m-ä", "s\"1", "T", "S", Instant.parse("2026-01-10T12:00:00.123456789Z"), "{ \"a\" : 1.0 }", 3, 2, "OTHER");
        assertThat(codec.read(codec.write(envelope))).isEqualTo(envelope);
    }

    @Test
    void thePayloadIsCutOutByteForByte() throws Exception {
        for (String payload : new String[] {
            "{}", "{ }", "{\"ä\":\"€😀\", \"x\": [1.50, 1e400, -0, {\"}\":\"}\\\"{\"}]}", "{\"a\":\"\\\\u0000\"}"
        }) {
            assertThat(read(message(payload)).payload()).isEqualTo(payload);
            assertThat(read("\uFEFF" + message(payload)).payload()).as("after a byte order mark").isEqualTo(payload);
        }
    }

    @Test
    void anEscapedNulIsRefusedAndItsLookalikeIsNot() throws Exception {
        assertThat(read(message("{\"a\":\"\\\\u0000\"}")).payload()).contains("u0000");
        for (String payload : new String[] {"{\"a\":\"\\u0000\"}", "{\"a\":\"\\\\\\u0000\"}", "{\"\\u0000\":1}"}) {
            assertThatExceptionOfType(InvalidEnvelopeException.class)
                    .isThrownBy(() -> read(message(payload)))
                    .withMessageContaining("NUL");
        }
    }

    @Test
    void noDamageBringsAnythingButAReason() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        byte[] good = message("{\"a\":[1,{\"b\":\"ä\\u00e4\"}],\"c\":null}").getBytes(UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(4) + 1; n > 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                codec.read(bad);
            } catch (InvalidEnvelopeException e) {
                assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + new String(bad, UTF_8), e);
            }
        }
    }
}
