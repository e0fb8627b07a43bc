package io.mediasaga.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class HttpLineTest {

    private static final long LONG = Duration.ofMinutes(1).toNanos();

    @Test
    void readsAnswersWithALength() throws IOException {
        try (Server server = new Server("HTTP/1.1 202 \r\nContent-Length: 5\r\n\r\nhello"); HttpLine line = server.line()) {
            HttpLine.Answer answer = line.exchange(new byte[] {'x'});

            assertThat(answer.succeeded()).isTrue();
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(line.reusable(LONG)).isTrue();
        }
    }

    @Test
    void readsAnswersInChunks() throws IOException {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nA\r\nlo, world!\r\n0\r\n\r\n";
        try (Server server = new Server(chunked); HttpLine line = server.line()) {
            assertThat(line.exchange(new byte[] {'x'}).text()).isEqualTo("hello, world!");
        }
    }

    @Test
    void isNotUsedAgainWhenTheServerHangsUp() throws IOException {
        try (Server server = new Server("HTTP/1.1 204 \r\nConnection: close\r\n\r\n"); HttpLine line = server.line()) {
            assertThat(line.exchange(new byte[] {'x'}).status()).isEqualTo(204);
            assertThat(line.reusable(LONG)).isFalse();
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNone() throws IOException {
        try (Server server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello"); HttpLine line = server.line()) {
            assertThatThrownBy(() -> line.exchange(new byte[] {'x'})).isInstanceOf(EOFException.class);
            assertThat(line.reusable(LONG)).isFalse();
        }
    }

    /** Answers the first byte with the text and hangs up. */
    private static final class Server implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

        Server(String answer) throws IOException {
            Thread.startVirtualThread(() -> {
                try (Socket client = socket.accept()) {
                    client.getInputStream().read();
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // the test is over
                }
            });
        }

        HttpLine line() throws IOException {
            return new HttpLine(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
