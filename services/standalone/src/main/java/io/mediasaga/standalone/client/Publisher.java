package io.mediasaga.standalone.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Publishes a file as any client may do it: start the saga, upload, wait. */
public final class Publisher {

    private static final String DEFINITION = "publish-media-asset";
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final String UPLOAD_STEP = "WaitFileUploaded";

    private final ApiClient api;
    private final SagaClient sagas;
    private final PublishMemory memory;
    private final Duration patience;
    private final SendingPace pace;

    /** One that gives up when the platform goes away. */
    public Publisher(ApiClient api, PublishMemory memory) {
        this(api, memory, Duration.ZERO);
    }

    /**
     * @param api the platform
     * @param memory where to remember what was begun
     * @param patience how long to wait for a platform that goes away in between
     */
    public Publisher(ApiClient api, PublishMemory memory, Duration patience) {
        this(api, memory, patience, SendingPace.FULL);
    }

    private Publisher(ApiClient api, PublishMemory memory, Duration patience, SendingPace pace) {
        this.api = api;
        this.sagas = new SagaClient(api);
        this.memory = memory;
        this.patience = patience;
        this.pace = pace;
    }

    /** The same, which takes about that long to send a file, for somebody to look at. */
    public Publisher sendingFor(Duration length) {
        return new Publisher(api, memory, patience, SendingPace.over(length));
    }

    /** Is told what happens. */
    public interface Watcher {
        /** The saga runs. */
        void started(SagaView saga, boolean resumed);

        /** How much of the file the platform has. */
        void uploaded(long bytes, long of);

        /** What happened to the saga. */
        void happened(HistoryLine line);

        /** The platform does not answer, or says that it cannot at present; it is asked again. */
        default void away(Duration since, Duration patience) {}

        /** It answers again. */
        default void back(Duration after) {}
    }

    /**
     * Publishes the file, or goes on with what an interrupted run began; returns when the saga has ended or is held. Goes on as
     * well when the platform goes away in between and comes back in time.
     *
     * @throws UnreachableException when there is no platform to begin with, or it stays away
     * @throws ApiException when the platform refuses something
     */
    public SagaView publish(LocalFile file, String owner, String title, Watcher watcher) {
        var seen = new Seen(watcher);
        while (true) {
            try {
                return attempt(file, owner, title, seen);
            } catch (UnreachableException | ApiException e) {
                if (seen.saga == null || !seen.waitsFor(e, patience)) {
                    throw e;
                }
                Pause.of(LOOK_AGAIN);
            }
        }
    }

    private SagaView attempt(LocalFile file, String owner, String title, Seen seen) {
        String purpose = api.server() + "\n" + owner + "\n" + title;
        if (seen.saga == null) {
            begin(file, owner, title, purpose, seen);
        } else {
            sagas.get(seen.saga);
            seen.goesOn();
        }
        String id = String.valueOf(seen.saga);
        SagaView waiting = sagas.follow(id, seen, Publisher::needsNoMoreWaiting);
        if (waiting.state().equals("RUNNING") && waiting.step().equals(UPLOAD_STEP)) {
            upload(waiting, file, seen);
        }
        SagaView ended = sagas.follow(id, seen);
        if (ended.isEnded()) {
            memory.forget(file, purpose);
        }
        return ended;
    }

    private void begin(LocalFile file, String owner, String title, String purpose, Seen seen) {
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
        seen.started(saga, resumed);
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

    /** Passes each thing on once, however often the platform had to be waited for. */
    private static final class Seen implements Consumer<HistoryLine> {
        private final Watcher watcher;
        private @Nullable String saga;
        private long last;
        private @Nullable Instant awaySince;

        Seen(Watcher watcher) {
            this.watcher = watcher;
        }

        void started(SagaView begun, boolean resumed) {
            saga = begun.id();
            watcher.started(begun, resumed);
        }

        /** The platform answers; perhaps it did not before. */
        void goesOn() {
            if (awaySince != null) {
                watcher.back(Duration.between(awaySince, Instant.now()));
                awaySince = null;
            }
        }

        /** Answers whether it is worth waiting still. */
        boolean waitsFor(RuntimeException failure, Duration patience) {
            if (failure instanceof ApiException refused && !refused.isPassing()) {
                return false;
            }
            Instant now = Instant.now();
            Instant since = awaySince == null ? now : awaySince;
            awaySince = since;
            Duration away = Duration.between(since, now);
            boolean patient = away.compareTo(patience) < 0;
            if (patient) {
                watcher.away(away, patience);
            }
            return patient;
        }

        @Override
        public void accept(HistoryLine line) {
            if (line.id() > last) {
                last = line.id();
                watcher.happened(line);
            }
        }
    }

    private void upload(SagaView saga, LocalFile file, Seen seen) {
        JsonNode token = api.post("/uploads/tokens", Map.of("upload_id", String.valueOf(saga.data("upload_id"))));
        URI address = api.address(token.path("upload_url").asString(""));
        new TusUpload(api, address, token.path("token").asString(""), pace)
                .send(file, bytes -> seen.watcher.uploaded(bytes, file.size()));
    }
}
