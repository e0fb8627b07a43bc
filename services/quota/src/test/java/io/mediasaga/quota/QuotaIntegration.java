package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.Outcome;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The whole service on real servers; one for all test classes. By default an owner may store 10000 bytes in 10
 * assets.
 */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=quota",
            "mediasaga.api.token=" + QuotaIntegration.TOKEN,
            "mediasaga.quota.default-limit-bytes=10000",
            "mediasaga.quota.default-limit-assets=10",
            "mediasaga.quota.sweep-interval=1h"
        })
abstract class QuotaIntegration {

    static final String TOKEN = "token-of-the-tests";
    static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    QuotaReader reader;

    @Autowired
    Audit audit;

    @Autowired
    ReserveQuota reserveQuota;

    @Autowired
    ReleaseQuota releaseQuota;

    @Autowired
    BookUsage bookUsage;

    @Autowired
    ExpireReservations expireReservations;

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("quota").forEach((name, value) -> registry.add(name, () -> value));
    }

    Outcome reserve(String sagaId, String assetId, String ownerId, long bytes) {
        return run(reserveQuota, sagaId, new QuotaReserve(assetId, ownerId, bytes, null));
    }

    Outcome release(String sagaId, String assetId) {
        return alone(releaseQuota, sagaId, new QuotaRelease(assetId, null));
    }

    void published(String assetId) {
        published(Collections.singletonList(assetId));
    }

    void published(List<String> assetIds) {
        unwrapped(() -> transactions.executeWithoutResult(status -> bookUsage.handle(assetIds.stream()
                .map(asset -> new Event<>(id(), "any", "MARK_PUBLISHED", null, new AssetPublished(asset, null)))
                .toList())));
    }

    /** Makes the asset's time be over and lets the sweeper see it. */
    int expire(String assetId) {
        jdbc.sql("UPDATE reservation SET expires_at = now() - interval '1 second' WHERE asset_id = ?")
                .param(assetId)
                .update();
        return expireReservations.sweep();
    }

    /** Runs the handler as the library does. */
    <P> Outcome alone(CommandHandler<P> handler, String sagaId, P payload) {
        return Objects.requireNonNull(
                transactions.execute(status -> handler.handle(new Command<>(sagaId, "STEP", 1, null, payload))));
    }

    /** Runs the handler for one command. */
    <P> Outcome run(BatchCommandHandler<P> handler, String sagaId, P payload) {
        return together(handler, List.of(new Command<>(sagaId, "STEP", 1, null, payload))).getFirst();
    }

    /** Runs the handler for commands that come together. */
    <P> List<Outcome> together(BatchCommandHandler<P> handler, List<Command<P>> commands) {
        var outcomes = new ArrayList<Outcome>();
        unwrapped(() -> outcomes.addAll(
                Objects.requireNonNull(transactions.execute(status -> handler.handle(commands)))));
        return outcomes;
    }

    private static void unwrapped(Runnable action) {
        try {
            action.run();
        } catch (FailedItemException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    void assertBalanced() {
        Audit.Result result = audit.run();
        assertThat(result.differences()).isEmpty();
        assertThat(result.balanced()).isTrue();
    }

    void assertAccount(String owner, long reservedBytes, long reservedAssets, long usedBytes, long usedAssets) {
        Quota quota = reader.find(owner);
        assertThat(quota.reservedBytes()).as("reserved bytes").isEqualTo(reservedBytes);
        assertThat(quota.reservedAssets()).as("reserved assets").isEqualTo(reservedAssets);
        assertThat(quota.usedBytes()).as("used bytes").isEqualTo(usedBytes);
        assertThat(quota.usedAssets()).as("used assets").isEqualTo(usedAssets);
        assertBalanced();
    }

    static void assertRefused(Outcome outcome, String code) {
        assertThat(outcome).isInstanceOfSatisfying(Outcome.Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.retryable()).isFalse();
        });
    }

    HttpResponse<String> send(String method, String path, @Nullable String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/quotas" + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    static String id() {
        return UUID.randomUUID().toString();
    }
}
