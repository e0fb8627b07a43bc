package io.mediasaga.standalone.bench;

import io.mediasaga.messaging.Envelope;
import io.mediasaga.standalone.bench.HttpLine.Answer;
import io.mediasaga.standalone.platform.Platform;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client does for one saga: start it, and upload its file when the platform is ready for it. Thread-safe. */
final class Traffic implements AutoCloseable {

    private static final int FILE_BYTES = 1024;
    private static final int OWNERS = 1000;
    private static final String JSON = "application/json";
    private static final String START = """
            {"definition":"publish-media-asset","saga_id":"%s","data":{"owner_id":"%s","title":"Benchmark %s",\
            "file_name":"file.bin","content_type":"application/octet-stream","size_bytes":%d,"profile":"passthrough"}}""";

    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpLines http;
    private final String token;
    private final String run;
    private final Flights flights;
    private final Pace pace;

    /** @param run names this run: its owners' names begin with it */
    Traffic(Platform platform, String run, Flights flights, Pace pace) {
        this.http = new HttpLines(URI.create(platform.address()));
        this.token = platform.token();
        this.run = run;
        this.flights = flights;
        this.pace = pace;
    }

    /** Starts a saga that was due at that time. */
    void start(long due) {
        String saga = Envelope.newId();
        flights.started(saga, due);
        String owner = run + "-" + ThreadLocalRandom.current().nextInt(OWNERS);
        byte[] body = START.formatted(saga, owner, saga, FILE_BYTES).getBytes(StandardCharsets.UTF_8);
        try {
            Answer answer = http.send("POST", "/api/sagas", token, JSON, body);
            if (answer.succeeded()) {
                flights.accepted(saga);
            } else {
                if (answer.status() != 429) {
                    flights.failed("POST /api/sagas: " + answer.status() + " " + answer.text());
                }
                flights.refused(saga);
                pace.ended();
            }
        } catch (IOException | RuntimeException e) {
            flights.failed("POST /api/sagas: " + e);
        }
    }

    /** Uploads the file of a saga that is ready for it: fetches the token that allows it, and puts the file there. */
    void upload(String uploadId) {
        try {
            Answer granted = http.send(
                    "POST", "/uploads/tokens", token, JSON, ("{\"upload_id\":\"" + uploadId + "\"}").getBytes(StandardCharsets.UTF_8));
            if (!granted.succeeded()) {
                flights.failed("POST /uploads/tokens: " + granted.status() + " " + granted.text());
                return;
            }
            JsonNode grant = json.readTree(granted.body());
            byte[] file = new byte[FILE_BYTES];
            ThreadLocalRandom.current().nextBytes(file);
            Answer put = http.send(
                    "PUT", grant.path("upload_url").asString("") + "/content", grant.path("token").asString(""),
                    "application/octet-stream", file);
            if (!put.succeeded()) {
                flights.failed("PUT of the file: " + put.status() + " " + put.text());
            }
        } catch (IOException | RuntimeException e) {
            flights.failed("Upload: " + e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
