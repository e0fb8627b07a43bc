package io.mediasaga.standalone.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks the platform's HTTP interface. Safe for use from several threads. */
public final class ApiClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI server;
    private final String token;

    /**
     * @param server where the platform is
     * @param token its API token
     */
    public ApiClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    /** Where the platform is. */
    public URI server() {
        return server;
    }

    /** An address on the platform. */
    public URI address(String path) {
        return server.resolve(path);
    }

    /** The page on which people look at a saga. */
    public URI inConsole(SagaView saga) {
        return address("/console/sagas/" + URLEncoder.encode(saga.id(), StandardCharsets.UTF_8).replace("+", "%20"));
    }

    /** Reads; {@code path} begins with a slash and may have a query. */
    public JsonNode get(String path) {
        return send(request(path).GET().build());
    }

    /** Sends a JSON body and reads the answer. */
    public JsonNode post(String path, Map<String, ?> body) {
        return post(path, body, null);
    }

    /** Sends a JSON body under an idempotency key and reads the answer. */
    public JsonNode post(String path, Map<String, ?> body, @Nullable String idempotencyKey) {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return send(request.build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("X-Actor", System.getProperty("user.name", "unknown"))
                .header("Accept", "application/json, application/problem+json");
    }

    private JsonNode send(HttpRequest request) {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        requireSuccess(response);
        return response.body().isBlank() ? json.createObjectNode() : json.readTree(response.body());
    }

    /**
     * Sends any request.
     *
     * @throws UnreachableException when there is no answer
     */
    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (IOException e) {
            throw new UnreachableException(server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedWaitException(e);
        }
    }

    /** @throws ApiException unless the status is one of success */
    void requireSuccess(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw problem(response);
        }
    }

    private ApiException problem(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 401) {
            return new ApiException(status, "UNAUTHORIZED", "The platform does not accept the API token; "
                    + "name the file that has the right one with --token-file");
        }
        try {
            JsonNode problem = json.readTree(response.body());
            String detail = problem.path("detail").asString(problem.path("title").asString(""));
            if (!detail.isBlank()) {
                return new ApiException(status, problem.path("code").asString(null), detail);
            }
        } catch (JacksonException e) {
            // no problem document; the status has to do
        }
        return new ApiException(status, null, "%s %s was answered with status %d"
                .formatted(response.request().method(), response.request().uri().getPath(), status));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
