package io.mediasaga.standalone.verify;

import io.mediasaga.standalone.verify.SagaPlan.Upload;
import io.mediasaga.standalone.verify.Wire.Answer;
import io.mediasaga.standalone.verify.Wire.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients and operators do, with the patience of programs that want their sagas to happen. Thread-safe. */
final class Load implements AutoCloseable {

    private static final int FILE_BYTES = 1024;
    private static final int CONFLICT = 409;
    private static final String JSON = "application/json";
    private static final String START = """
            {"definition":"publish-media-asset","saga_id":"%s","data":{"owner_id":"%s","title":"Verification %d",\
            "file_name":"file.bin","content_type":"application/octet-stream","size_bytes":%d,"profile":"passthrough"%s}}""";
    private static final String WRONG_CHECKSUM = ",\"sha256\":\"" + "0".repeat(64) + "\"";

    private final JsonMapper json = JsonMapper.builder().build();
    private final Cluster cluster;
    private final Plan plan;
    private final Progress progress;
    private final Wire wire;
    private final String token;
    private final Map<String, SagaPlan> started = new ConcurrentHashMap<>();
    private final Set<String> uploads = ConcurrentHashMap.newKeySet();

    Load(Cluster cluster, Plan plan, Progress progress, BooleanSupplier goOn) {
        this.cluster = cluster;
        this.plan = plan;
        this.progress = progress;
        this.wire = new Wire(goOn);
        this.token = cluster.data().token();
    }

    /** Starts the saga of that number, aside. */
    void start(int number) {
        SagaPlan saga = plan.saga(number);
        started.put(saga.id(), saga);
        progress.started(number);
        aside("Start of " + saga.id(), () -> start(saga));
    }

    private void start(SagaPlan saga) throws IOException, InterruptedException {
        String checksum = saga.upload() == Upload.WRONG_CHECKSUM ? WRONG_CHECKSUM : "";
        String body = START.formatted(saga.id(), saga.owner(), saga.number(), FILE_BYTES, checksum);
        Answer answer = wire.persist(
                cluster.ports("orchestrator"), "/api/sagas", request("POST", body, saga.id()), status -> status == CONFLICT);
        if (!answer.succeeded()) {
            progress.complain("The start of saga %s was answered by %d %s".formatted(saga.id(), answer.status(), answer.body()));
            progress.ended(saga.id());
            return;
        }
        progress.accepted(saga.id());
        if (saga.mayHold()) {
            progress.ended(saga.id()); // it waits for a person, and nobody here is to wait for that
        }
        if (saga.isCancelled()) {
            TimeUnit.MILLISECONDS.sleep(saga.cancelAfterMillis());
            wire.persist(cluster.ports("orchestrator"), "/api/sagas/" + saga.id() + "/cancel",
                    request("POST", "{\"reason\":\"verification\"}", ""), status -> false);
        }
    }

    /** The platform is ready for the file of a saga. */
    void ready(String sagaId, String uploadId) {
        SagaPlan saga = started.get(sagaId);
        if (saga != null && saga.upload() != Upload.NONE && uploads.add(uploadId)) {
            aside("Upload " + uploadId, () -> upload(saga, uploadId));
        }
    }

    private void upload(SagaPlan saga, String uploadId) throws IOException, InterruptedException {
        Answer granted = wire.persist(
                cluster.ports("ingest"), "/uploads/tokens", request("POST", "{\"upload_id\":\"" + uploadId + "\"}", ""),
                status -> false);
        if (!granted.succeeded()) {
            return; // the saga has turned back meanwhile
        }
        JsonNode grant = json.readTree(granted.body());
        byte[] file = new byte[FILE_BYTES];
        new Random(saga.number()).nextBytes(file);
        Request put = new Request("PUT", grant.path("token").asString(""), "application/octet-stream", file, "");
        wire.persist(cluster.ports("ingest"), grant.path("upload_url").asString("") + "/content", put, status -> false);
    }

    private Request request(String method, String body, String key) {
        return new Request(method, token, JSON, body.getBytes(StandardCharsets.UTF_8), key);
    }

    /** Something that waits for answers. */
    private interface Task {
        void run() throws IOException, InterruptedException;
    }

    private void aside(String what, Task task) {
        Thread.startVirtualThread(() -> {
            try {
                task.run();
            } catch (IOException e) {
                progress.complain(what + " was never answered: " + e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    @Override
    public void close() {
        wire.close();
    }
}
