package io.mediasaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class EmbeddedRedisTest {

    @Test
    void keepsNothingOnDiskAndForgetsTheOldestWhenFull() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.defaults())) {
            assertThat(ask(redis, "CONFIG GET save")).contains("save").doesNotContain("3600");
            assertThat(ask(redis, "CONFIG GET appendonly")).contains("no");
            assertThat(ask(redis, "CONFIG GET maxmemory")).contains("67108864");
            assertThat(ask(redis, "CONFIG GET maxmemory-policy")).contains("allkeys-lru");
        }
    }

    @Test
    void aPortInUseIsNamed() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            RedisOptions options = RedisOptions.defaults().withPort(taken.getLocalPort());
            assertThatExceptionOfType(PortInUseException.class)
                    .isThrownBy(() -> EmbeddedRedis.start(options))
                    .withMessageContaining("Port " + taken.getLocalPort() + " for Redis is in use");
        }
    }

    private static String ask(EmbeddedRedis redis, String command) throws IOException {
        try (Socket socket = new Socket(redis.host(), redis.port())) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
