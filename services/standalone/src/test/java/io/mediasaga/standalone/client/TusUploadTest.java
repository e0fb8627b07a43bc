package io.mediasaga.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class TusUploadTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final AtomicInteger toBreakOff = new AtomicInteger();
    private final AtomicInteger toRefuse = new AtomicInteger();
    private HttpServer server;
    private ApiClient api;
    private int refusal = 503;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/uploads/u1", this::serve);
        server.start();
        api = new ApiClient(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "unused");
    }

    @AfterEach
    void stop() {
        api.close();
        server.stop(0);
    }

    @Test
    void aFileGoesOverInPiecesAndProgressIsTold() throws IOException {
        byte[] content = content(20_000_000);
        List<Long> progress = new ArrayList<>();
        upload(content, progress);
        assertThat(received.toByteArray()).isEqualTo(content);
        assertThat(progress).isSorted().startsWith(0L).endsWith(20_000_000L).hasSizeGreaterThan(3);
    }

    @Test
    void connectionsThatBreakOffAreGoneOnWith() throws IOException {
        toBreakOff.set(3);
        byte[] content = content(3_000_000);
        upload(content, new ArrayList<>());
        assertThat(received.toByteArray()).isEqualTo(content);
    }

    @Test
    void anUploadBegunEarlierIsGoneOnWith() throws IOException {
        byte[] content = content(1_000_000);
        received.write(content, 0, 400_000);
        List<Long> progress = new ArrayList<>();
        upload(content, progress);
        assertThat(received.toByteArray()).isEqualTo(content);
        assertThat(progress).startsWith(400_000L);
    }

    @Test
    void passingRefusalsAreTriedAgainFinalOnesAreNot() throws IOException {
        toRefuse.set(2);
        byte[] content = content(1000);
        upload(content, new ArrayList<>());
        assertThat(received.toByteArray()).isEqualTo(content);

        received.reset();
        refusal = 403;
        toRefuse.set(1);
        assertThatThrownBy(() -> upload(content, new ArrayList<>()))
                .isInstanceOf(ApiException.class)
                .hasMessage("the token has expired");
    }

    @Test
    void aSlowOneGoesInAsManyPiecesAsItIsToTake() throws IOException {
        byte[] content = content(1_000_001);
        List<Long> progress = new ArrayList<>();
        upload(content, progress, new SendingPace(3, Duration.ofMillis(1)));
        assertThat(received.toByteArray()).isEqualTo(content);
        assertThat(progress).containsExactly(0L, 333_334L, 666_668L, 1_000_001L);
    }

    private void upload(byte[] content, List<Long> progress) throws IOException {
        upload(content, progress, SendingPace.FULL);
    }

    private void upload(byte[] content, List<Long> progress, SendingPace pace) throws IOException {
        Path file = Files.write(folder.resolve("file.mp4"), content);
        new TusUpload(api, api.address("/uploads/u1"), "upload-token", pace).send(LocalFile.of(file), progress::add);
    }

    private void serve(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Authorization")).isEqualTo("Bearer upload-token");
        assertThat(exchange.getRequestHeaders().getFirst("Tus-Resumable")).isEqualTo("1.0.0");
        if (exchange.getRequestMethod().equals("HEAD")) {
            offset(exchange, 200);
        } else if (toRefuse.getAndDecrement() > 0) {
            refuse(exchange);
        } else {
            receive(exchange);
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("Upload-Offset")).isEqualTo(String.valueOf(received.size()));
        if (toBreakOff.getAndDecrement() > 0) {
            received.write(exchange.getRequestBody().readNBytes(100_000));
            exchange.close();
            throw new IOException("broken off");
        }
        received.write(exchange.getRequestBody().readAllBytes());
        offset(exchange, 204);
    }

    private void offset(HttpExchange exchange, int status) throws IOException {
        exchange.getResponseHeaders().set("Upload-Offset", String.valueOf(received.size()));
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private void refuse(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] problem = "{\"status\":%d,\"detail\":\"the token has expired\"}".formatted(refusal).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refusal, problem.length);
        exchange.getResponseBody().write(problem);
        exchange.close();
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        new Random(42).nextBytes(content);
        return content;
    }
}
