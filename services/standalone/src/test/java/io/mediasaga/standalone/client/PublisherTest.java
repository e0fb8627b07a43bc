package io.mediasaga.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform that goes away while a file is being published. */
@Timeout(900)
class PublisherTest {

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private HttpServer platform;
    private int port;

    @BeforeEach
    void start() {
        platform = platform("RUNNING");
        port = platform.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        platform.stop(0);
    }

    @Test
    void itIsWaitedForAndGoneOnWith() throws IOException {
        SagaView saga = publish(Duration.ofSeconds(30));

        assertThat(saga.state()).isEqualTo("COMPLETED");
        assertThat(told).containsExactly("started s1", "happened SAGA_STARTED", "away", "back", "happened SAGA_COMPLETED");
    }

    @Test
    void patienceHasAnEnd() {
        assertThatThrownBy(() -> publish(Duration.ZERO)).isInstanceOf(UnreachableException.class);
        assertThat(told).containsExactly("started s1", "happened SAGA_STARTED");
    }

    @Test
    void whereNoneIsToBeginWithNobodyWaits() {
        platform.stop(0);
        assertThatThrownBy(() -> publish(Duration.ofSeconds(30))).isInstanceOf(UnreachableException.class);
        assertThat(told).isEmpty();
    }

    private SagaView publish(Duration patience) throws IOException {
        Path file = Files.writeString(folder.resolve("clip.mp4"), "a file");
        try (var api = new ApiClient(URI.create("http://127.0.0.1:" + port), "unused")) {
            return new Publisher(api, new PublishMemory(folder.resolve("memory")), patience)
                    .publish(LocalFile.of(file), "me", "clip", new GoesAway());
        }
    }

    /** Takes the platform away after the first line of history, and brings it back when that has been noticed. */
    private final class GoesAway implements Publisher.Watcher {
        @Override
        public void started(SagaView saga, boolean resumed) {
            told.add("started " + saga.id());
        }

        @Override
        public void uploaded(long bytes, long of) {
            told.add("uploaded");
        }

        @Override
        public void happened(HistoryLine line) {
            told.add("happened " + line.kind());
            if (line.kind().equals("SAGA_STARTED")) {
                platform.stop(0);
            }
        }

        @Override
        public void away(Duration since, Duration patience) {
            told.add("away");
            platform = platform("COMPLETED");
        }

        @Override
        public void back(Duration after) {
            told.add("back");
        }
    }

    private HttpServer platform(String state) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            String saga = "{\"saga_id\":\"s1\",\"state\":\"" + state + "\",\"data\":{}}";
            String first = "{\"id\":1,\"kind\":\"SAGA_STARTED\"}";
            String history = state.equals("RUNNING") ? first : first + ",{\"id\":2,\"kind\":\"SAGA_COMPLETED\"}";
            server.createContext("/api/sagas", exchange -> {
                exchange.getRequestBody().readAllBytes();
                boolean asksForHistory = exchange.getRequestURI().getPath().endsWith("/history");
                byte[] body = (asksForHistory ? "{\"items\":[" + history + "]}" : saga).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
