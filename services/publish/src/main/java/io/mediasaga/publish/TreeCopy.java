package io.mediasaga.publish;

import io.mediasaga.messaging.Work;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.stereotype.Component;

/** Copies folders inside the store, a few objects at a time: a long video has thousands of them. */
@Component
class TreeCopy {

    private static final int AT_A_TIME = 8;

    private final MediaStore store;

    TreeCopy(MediaStore store) {
        this.store = store;
    }

    /**
     * Copies every object below the folder.
     *
     * @throws CancellationException when the work should stop; some objects are copied then
     */
    void copy(MediaKey from, MediaKey to, Work work) throws IOException, InterruptedException {
        List<Callable<StoredObject>> copies = new ArrayList<>();
        store.forEach(from, object -> copies.add(() -> {
            if (work.stopped()) {
                throw new CancellationException("Stopped while the result was copied to its place");
            }
            return store.copy(object.key(), to.resolve(object.key().value().substring(from.value().length() + 1)));
        }));
        if (copies.size() == 1) {
            call(copies.getFirst());
            return;
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().factory())) {
            for (Future<StoredObject> copied : threads.invokeAll(copies)) {
                finish(copied);
            }
        }
    }

    private static void finish(Future<StoredObject> copied) throws IOException, InterruptedException {
        try {
            copied.get();
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    private static void call(Callable<StoredObject> copy) throws IOException {
        try {
            copy.call();
        } catch (Exception e) {
            throw rethrown(e);
        }
    }

    private static IOException rethrown(Throwable cause) {
        return switch (cause) {
            case IOException io -> io;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> new IOException(cause);
        };
    }
}
