package io.mediasaga.standalone.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP as any client may speak it, answers of failure included. */
final class Calls implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String token;

    Calls(String server, String token) {
        this.server = URI.create(server);
        this.token = token;
    }

    /** An answer with its body as text. */
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() {
            return response.body().isBlank() ? JSON.createObjectNode() : JSON.readTree(response.body());
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        @Override
        public String toString() {
            return status + " " + response.body();
        }
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    Answer post(String path, Object body) throws IOException, InterruptedException {
        return send("POST", path, json(body), Map.of("Content-Type", "application/json"));
    }

    Answer put(String path, Object body) throws IOException, InterruptedException {
        return send("PUT", path, json(body), Map.of("Content-Type", "application/json"));
    }

    static BodyPublisher json(Object body) {
        return BodyPublishers.ofString(JSON.writeValueAsString(body));
    }

    /** Sends with the API token, unless the headers have another authorization. */
    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofMinutes(3))
                .setHeader("Authorization", "Bearer " + token)
                .method(method, body);
        headers.forEach(request::setHeader);
        HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }

    /** Gets bytes, as a player does: without a token. */
    HttpResponse<byte[]> bytes(String path, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofMinutes(3));
        headers.forEach(request::setHeader);
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
