package io.mediasaga.media;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on real servers; one for all test classes. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.config.name=media", "mediasaga.api.token=" + MediaIntegration.TOKEN})
abstract class MediaIntegration {

    static final String TOKEN = "token-of-the-tests";
    static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AssetReader reader;

    @Autowired
    TransactionTemplate transactions;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("media").forEach((name, value) -> registry.add(name, () -> value));
    }

    /** Runs the handler for one command, as the library does. */
    <P> Outcome run(BatchCommandHandler<P> handler, String sagaId, P payload) {
        try {
            return together(handler, List.of(new Command<>(sagaId, "STEP", 1, null, payload))).getFirst();
        } catch (FailedItemException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    /** Runs the handler for commands that come together. */
    <P> List<Outcome> together(BatchCommandHandler<P> handler, List<Command<P>> commands) {
        return Objects.requireNonNull(transactions.execute(status -> handler.handle(commands)));
    }

    /** Runs a handler that takes one at a time. */
    <P> Outcome alone(CommandHandler<P> handler, String sagaId, P payload) {
        return Objects.requireNonNull(
                transactions.execute(status -> handler.handle(new Command<>(sagaId, "STEP", 1, null, payload))));
    }

    Asset asset(String assetId) {
        return reader.find(assetId).orElseThrow();
    }

    HttpResponse<String> get(String pathAndQuery) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/assets" + pathAndQuery);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    static AssetCreate create(String assetId) {
        return new AssetCreate(assetId, "o1", "A film", "film.mp4", "video/mp4", 1000L);
    }

    static AssetMarkPublished publish(String assetId) {
        return new AssetMarkPublished(
                assetId, "/media/" + assetId + "/index.m3u8", "/media/" + assetId + "/", null, "hls", null, 9000L, 640, 360,
                500L);
    }
}
