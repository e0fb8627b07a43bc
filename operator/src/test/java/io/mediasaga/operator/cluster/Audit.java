package io.mediasaga.operator.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the operator has asked of the API server, by the server's own audit log. */
public final class Audit {

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;

    Audit(Path file) {
        this.file = file;
    }

    /** One request. */
    public record Request(String verb, String group, String resource, String namespace, String name, int code) {

        public boolean writes() {
            return WRITES.contains(verb);
        }
    }

    /** All of them from the given one on. */
    public List<Request> since(int first) {
        try {
            // The last line may be half written.
            String text = Files.exists(file) ? Files.readString(file) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(first).map(Audit::request).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many there are so far. */
    public int size() {
        return since(0).size();
    }

    /** Those that change something, but for the lease of the leader and events. */
    public List<Request> writesSince(int first, String namespace) {
        return since(first).stream()
                .filter(Request::writes)
                .filter(request -> request.namespace().equals(namespace))
                .toList();
    }

    private static Request request(String line) {
        JsonNode event = JSON.readTree(line);
        JsonNode object = event.path("objectRef");
        String subresource = object.path("subresource").asString("");
        return new Request(
                event.path("verb").asString(""),
                object.path("apiGroup").asString(""),
                object.path("resource").asString("") + (subresource.isEmpty() ? "" : "/" + subresource),
                object.path("namespace").asString(""),
                object.path("name").asString(""),
                event.path("responseStatus").path("code").asInt(0));
    }
}
