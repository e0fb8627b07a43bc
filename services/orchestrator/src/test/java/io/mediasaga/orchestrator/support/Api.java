package io.mediasaga.orchestrator.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The orchestrator's API, as any HTTP client sees it. */
public final class Api {

    public static final String TOKEN = "a-token-for-tests-only-0123456789";

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    public Api(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer. */
    public record Answer(int status, String body, HttpResponse<String> response) {
        public JsonNode json() {
            return Json.mapper().readTree(body);
        }

        public Answer expect(int expected) {
            assertThat(status).as(body).isEqualTo(expected);
            return this;
        }

        public String code() {
            return json().path("code").asString("");
        }
    }

    public String base() {
        return base;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Answer put(String path, String body) {
        return send(request(path).header("Content-Type", "application/yaml").PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public Answer post(String path, String body, String... headers) {
        return send(posting(path, body, headers));
    }

    public CompletableFuture<Answer> postAsync(String path, String body, String... headers) {
        return client.sendAsync(posting(path, body, headers).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response.body(), response));
    }

    private HttpRequest.Builder posting(String path, String body, String... headers) {
        var builder = request(path).header("Content-Type", "application/json");
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder.POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Starts a trip; answers its id. */
    public String start(String city, @Nullable String more) {
        String data = "{\"city\":\"" + city + "\"" + (more == null ? "" : "," + more) + "}";
        return post("/api/sagas", "{\"definition\":\"trip\",\"data\":" + data + "}")
                .expect(202).json().get("saga_id").asString();
    }

    public JsonNode saga(String id) {
        return get("/api/sagas/" + id).expect(200).json();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMinutes(3))
                .header("Authorization", "Bearer " + TOKEN);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
