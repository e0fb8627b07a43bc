package io.mediasaga.standalone.client;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Publishes a file as any client may do it: start the saga, upload, wait. */
public final class Publisher {

    private static final String DEFINITION = "publish-media-asset";
    private static final String UPLOAD_STEP = "WaitFileUploaded";

    private final ApiClient api;
    private final SagaClient sagas;
    private final PublishMemory memory;

    /**
     * @param api the platform
     * @param memory where to remember what was begun
     */
    public Publisher(ApiClient api, PublishMemory memory) {
        this.api = api;
        this.sagas = new SagaClient(api);
        this.memory = memory;
    }

    /** Is told what happens. */
    public interface Watcher {
        /** The saga runs. */
        void started(SagaView saga, boolean resumed);

        /** How much of the file the platform has. */
        void uploaded(long bytes, long of);

        /** What happened to the saga. */
        void happened(HistoryLine line);
    }

    /** Publishes the file, or goes on with what an interrupted run began; returns when the saga has ended or is held. */
    public SagaView publish(LocalFile file, String owner, String title, Watcher watcher) {
        String purpose = api.server() + "\n" + owner + "\n" + title;
        PublishMemory.Begun begun = memory.recall(file, purpose);
        SagaView saga = running(begun);
        if (saga == null && !begun.sagaId().isEmpty()) { // that one is over
            memory.forget(file, purpose);
            begun = memory.recall(file, purpose);
        }
        boolean resumed = saga != null;
        if (saga == null) { // the key makes it the same saga, should an earlier run have been cut off in here
            saga = sagas.start(DEFINITION, data(file, owner, title), begun.key());
        }
        memory.started(file, purpose, begun, saga.id());
        watcher.started(saga, resumed);
        Seen seen = new Seen(watcher);
        SagaView waiting = sagas.follow(saga.id(), seen, Publisher::needsNoMoreWaiting);
        if (waiting.state().equals("RUNNING") && waiting.step().equals(UPLOAD_STEP)) {
            upload(waiting, file, watcher);
        }
        SagaView ended = sagas.follow(saga.id(), seen);
        if (ended.isEnded()) {
            memory.forget(file, purpose);
        }
        return ended;
    }

    private @Nullable SagaView running(PublishMemory.Begun begun) {
        if (begun.sagaId().isEmpty()) {
            return null;
        }
        try {
            SagaView saga = sagas.get(begun.sagaId());
            return saga.isEnded() ? null : saga;
        } catch (ApiException e) {
            if (e.status() == 404) {
                return null; // a platform that was begun afresh
            }
            throw e;
        }
    }

    private static Map<String, Object> data(LocalFile file, String owner, String title) {
        Map<String, Object> data = new HashMap<>();
        data.put("owner_id", owner);
        data.put("title", title);
        data.put("file_name", file.name());
        data.put("content_type", file.contentType());
        data.put("size_bytes", file.size());
        data.put("sha256", file.sha256());
        return data;
    }

    private static boolean needsNoMoreWaiting(SagaView saga) {
        return !saga.state().equals("RUNNING") || saga.data("upload_id") != null;
    }

    /** Passes each line on once. */
    private static final class Seen implements Consumer<HistoryLine> {
        private final Watcher watcher;
        private long last;

        Seen(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void accept(HistoryLine line) {
            if (line.id() > last) {
                last = line.id();
                watcher.happened(line);
            }
        }
    }

    private void upload(SagaView saga, LocalFile file, Watcher watcher) {
        JsonNode token = api.post("/uploads/tokens", Map.of("upload_id", String.valueOf(saga.data("upload_id"))));
        URI address = api.address(token.path("upload_url").asString(""));
        new TusUpload(api, address, token.path("token").asString(""))
                .send(file, bytes -> watcher.uploaded(bytes, file.size()));
    }
}
