package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** A whole platform, wherever it runs, and what tests do with it. */
abstract class Place implements AutoCloseable {

    static final List<String> SERVICES = List.of("orchestrator", "media", "quota", "ingest", "processing", "publish");
    static final String SHIPPED = "publish-media-asset";
    private static final Set<String> ENDS = Set.of("COMPLETED", "COMPENSATED", "HELD");
    private static final Set<String> TURNED = Set.of("COMPENSATING", "COMPENSATED", "HELD");

    /** HTTP to it, with the API token. */
    abstract Calls calls();

    /** What Kafka clients take as {@code bootstrap.servers}. */
    abstract String kafka();

    /** The folder in which it keeps everything. */
    abstract Path data();

    /** Its database, with all rights. */
    abstract Connection database() throws SQLException;

    @Override
    public abstract void close();

    Path media() {
        return data().resolve("media");
    }

    /** Everything that lies in the store: files and folders, by their paths in it. */
    List<String> stored() throws IOException {
        List<String> found = new ArrayList<>();
        for (String folder : List.of("uploads", "processed", "public")) {
            Leftovers.below(media().resolve(folder)).forEach(path -> found.add(media().relativize(path).toString()));
        }
        return found;
    }

    void execute(String sql) throws SQLException {
        try (Connection database = database();
                Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Lets the platform know a definition. */
    void define(Variant variant) throws Exception {
        Calls.Answer answer = calls().put("/api/definitions/default/" + variant.name(), variant.document());
        assertThat(answer.status()).as(answer.toString()).isBetween(200, 201);
    }

    /** A saga that was begun. */
    record Begun(String sagaId, String assetId) {}

    /** Begins to publish a file of that size; what stands in {@code more} goes before the usual data. */
    Begun begin(String definition, long size, Map<String, Object> more) throws Exception {
        Begun begun = new Begun(UUID.randomUUID().toString(), String.valueOf(more.getOrDefault("asset_id", UUID.randomUUID())));
        Map<String, Object> data = new HashMap<>(Map.of(
                "asset_id", begun.assetId(), "owner_id", "owner", "title", "A title", "file_name", "clip.mp4",
                "content_type", "video/mp4", "size_bytes", size));
        data.putAll(more);
        Calls.Answer answer =
                calls().post("/api/sagas", Map.of("definition", definition, "saga_id", begun.sagaId(), "data", data));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return begun;
    }

    JsonNode saga(Begun begun) throws Exception {
        return calls().get("/api/sagas/" + begun.sagaId()).json();
    }

    /** Waits until the saga is in the state. */
    JsonNode awaitState(Begun begun, String state) {
        return await().alias("saga in state " + state)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> saga(begun), saga -> {
                    String now = saga.path("state").asString("");
                    assertThat(ENDS.contains(now) && !now.equals(state)).as(saga.toPrettyString()).isFalse();
                    return now.equals(state);
                });
    }

    /** Waits until the saga waits for its file, or does so no more. */
    void awaitUploadStep(Begun begun) {
        await().alias("upload prepared").pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(() -> saga(begun), saga ->
                saga.path("current").path("step").asString("").equals("WaitFileUploaded")
                        || TURNED.contains(saga.path("state").asString("")));
    }

    /** The right to upload, and where to. */
    record Ticket(String url, String token) {
        Map<String, String> headers() {
            return Map.of("Authorization", "Bearer " + token, "Tus-Resumable", "1.0.0");
        }

        Map<String, String> patch(long offset) {
            Map<String, String> headers = new HashMap<>(headers());
            headers.put("Content-Type", "application/offset+octet-stream");
            headers.put("Upload-Offset", String.valueOf(offset));
            return headers;
        }
    }

    Ticket ticket(Begun begun) throws Exception {
        awaitUploadStep(begun);
        JsonNode granted = calls().post("/uploads/tokens", Map.of("asset_id", begun.assetId())).json();
        return new Ticket(granted.path("upload_url").asString(""), granted.path("token").asString(""));
    }

    /** Uploads by plain PUT. */
    Calls.Answer upload(Begun begun, byte[] content) throws Exception {
        Ticket ticket = ticket(begun);
        return calls().send("PUT", ticket.url() + "/content", BodyPublishers.ofByteArray(content),
                Map.of("Authorization", "Bearer " + ticket.token()));
    }

    /** Publishes content as it is, to the end. */
    Begun publish(String definition, byte[] content, Map<String, Object> more) throws Exception {
        Map<String, Object> data = new HashMap<>(Map.of("profile", "passthrough"));
        data.putAll(more);
        Begun begun = begin(definition, content.length, data);
        assertThat(upload(begun, content).status()).isEqualTo(204);
        awaitState(begun, "COMPLETED");
        return begun;
    }
}
