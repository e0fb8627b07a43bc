package io.mediasaga.operator.orchestrator;

import io.mediasaga.operator.settings.OperatorSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The orchestrator's API of definitions. Thread-safe. */
public final class OrchestratorClient implements AutoCloseable {

    private static final String ACTOR = "mediasaga-operator";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    private static final int UNAUTHORIZED = 401;

    private final OperatorSettings.Orchestrator settings;
    private final HttpClient http;

    public OrchestratorClient(OperatorSettings.Orchestrator settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder().connectTimeout(settings.timeout()).build();
    }

    /** A definition as the orchestrator has it. */
    record Definition(int version, String hash, String state, String acceptedAt) {}

    /** What it answered: a definition, or why not. */
    record Answer(Optional<Definition> definition, String refusal) {}

    Answer put(String namespace, String name, String body) throws OrchestratorException {
        HttpResponse<String> response = send("PUT", path(namespace, name), body);
        if (response.statusCode() == UNPROCESSABLE) {
            return new Answer(Optional.empty(), json(response).path("detail").asString("The orchestrator refuses it"));
        }
        return new Answer(Optional.of(definition(ok(response))), "");
    }

    Definition change(String namespace, String name, String operation) throws OrchestratorException {
        return definition(ok(send("POST", path(namespace, name) + "/" + operation, "")));
    }

    /** No new sagas; nothing happens where there is no such definition. */
    public void delete(String namespace, String name) throws OrchestratorException {
        HttpResponse<String> response = send("DELETE", path(namespace, name), "");
        if (response.statusCode() != NOT_FOUND) {
            ok(response);
        }
    }

    /** How many sagas there are; none where there is no such definition. */
    public Counts counts(String namespace, String name) throws OrchestratorException {
        HttpResponse<String> response = send("GET", path(namespace, name) + "/counts", "");
        if (response.statusCode() == NOT_FOUND) {
            return new Counts(0, 0, 0, 0);
        }
        JsonNode counts = ok(response);
        return new Counts(
                counts.path("running").asLong(0),
                counts.path("compensating").asLong(0),
                counts.path("held").asLong(0),
                counts.path("compensated").asLong(0));
    }

    private static String path(String namespace, String name) {
        return "/api/definitions/" + namespace + "/" + name;
    }

    private static Definition definition(JsonNode view) {
        return new Definition(
                view.path("version").asInt(0),
                view.path("hash").asString(""),
                view.path("state").asString(""),
                view.path("accepted_at").asString(""));
    }

    private HttpResponse<String> send(String method, String path, String body) throws OrchestratorException {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(settings.url() + path))
                    .timeout(settings.timeout())
                    .header("Authorization", "Bearer " + token())
                    .header("Content-Type", "application/json")
                    .header("X-Actor", ACTOR)
                    .method(method, HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new OrchestratorException(
                    "The orchestrator does not answer at " + settings.url() + " (" + e + "); see that it runs, and "
                            + "mediasaga.operator.orchestrator.url",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OrchestratorException("Interrupted", e);
        }
    }

    private JsonNode ok(HttpResponse<String> response) throws OrchestratorException {
        int status = response.statusCode();
        if (status >= OK && status < REDIRECT) {
            return json(response);
        }
        if (status == UNAUTHORIZED) {
            throw new OrchestratorException("The orchestrator at " + settings.url() + " does not take the operator's token; "
                    + "see mediasaga.operator.orchestrator.token-file");
        }
        throw new OrchestratorException("The orchestrator at " + settings.url() + " answers " + status + ": "
                + json(response).path("detail").asString(""));
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    /** Read each time, so that a new token is taken without a restart. */
    private String token() throws IOException {
        if (!settings.token().isEmpty() || settings.tokenFile() == null) {
            return settings.token();
        }
        return Files.readString(settings.tokenFile(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() {
        http.close();
    }
}
