package io.mediasaga.standalone.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Sagas by the operations API. */
public final class SagaClient {

    private static final String SAGAS = "/api/sagas";
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final int PASSING_FAILURES = 10;

    private final ApiClient api;

    public SagaClient(ApiClient api) {
        this.api = api;
    }

    /** Starts a saga; the same key starts no second one. */
    public SagaView start(String definition, Map<String, Object> data, String idempotencyKey) {
        return new SagaView(api.post(SAGAS, Map.of("definition", definition, "data", data), idempotencyKey));
    }

    /** The saga as it is now. */
    public SagaView get(String id) {
        return new SagaView(api.get(path(id)));
    }

    /** Everything that was done for the saga. */
    public JsonNode history(String id) {
        return api.get(path(id) + "/history?limit=200");
    }

    /** The lines of history behind the one with that id, oldest first. */
    public List<HistoryLine> historyBehind(String id, long seen) {
        return history(id).path("items").valueStream()
                .map(HistoryLine::of)
                .filter(line -> line.id() > seen)
                .toList();
    }

    /** A page of sagas; {@code query} without its question mark. */
    public JsonNode list(String query) {
        return api.get(query.isEmpty() ? SAGAS : SAGAS + "?" + query);
    }

    /** One of pause, resume, retry, skip, cancel. */
    public SagaView operate(String id, String operation, String reason) {
        return new SagaView(api.post(path(id) + "/" + operation, Map.of("reason", reason)));
    }

    /**
     * Waits until the saga has ended or is held.
     *
     * @param watcher sees each line of its history
     */
    public SagaView follow(String id, Consumer<HistoryLine> watcher) {
        return follow(id, watcher, saga -> saga.isEnded() || saga.isHeld());
    }

    SagaView follow(String id, Consumer<HistoryLine> watcher, Predicate<SagaView> enough) {
        int failures = 0;
        long seen = 0;
        while (true) {
            try {
                SagaView saga = get(id);
                for (HistoryLine line : historyBehind(id, seen)) {
                    watcher.accept(line);
                    seen = line.id();
                }
                failures = 0;
                if (enough.test(saga)) {
                    return saga;
                }
            } catch (UnreachableException | ApiException e) {
                if (++failures > PASSING_FAILURES || (e instanceof ApiException refused && !refused.isPassing())) {
                    throw e;
                }
            }
            Pause.of(LOOK);
        }
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String path(String id) {
        return SAGAS + "/" + encoded(id);
    }
}
