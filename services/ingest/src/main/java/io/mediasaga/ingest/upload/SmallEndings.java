package io.mediasaga.ingest.upload;

import io.mediasaga.storage.MediaKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * Ends small uploads together: those that come while one transaction commits share the next. A single one does not wait for others,
 * and many at once cost a fraction of a commit each.
 */
@Component
class SmallEndings {

    private static final int MOST = 200;

    private final Endings endings;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean working = new AtomicBoolean();

    SmallEndings(Endings endings) {
        this.endings = endings;
    }

    private record Waiting(Endings.AtOnce end, CompletableFuture<Boolean> done) {}

    /** Whether the object has become the upload's file; false when the upload was not open and untouched any more. */
    boolean uploaded(String id, MediaKey key, String sha256) {
        Waiting mine = new Waiting(new Endings.AtOnce(id, key, sha256), new CompletableFuture<>());
        queue.add(mine);
        if (working.compareAndSet(false, true)) {
            Thread.ofVirtual().name("small-endings").start(this::work);
        }
        try {
            return mine.done().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void work() {
        do {
            for (List<Waiting> some = next(); !some.isEmpty(); some = next()) {
                end(some);
            }
            working.set(false);
            // Whoever came in between saw that somebody worked.
        } while (!queue.isEmpty() && working.compareAndSet(false, true));
    }

    private List<Waiting> next() {
        List<Waiting> some = new ArrayList<>();
        for (Waiting each; some.size() < MOST && (each = queue.poll()) != null; ) {
            some.add(each);
        }
        return some;
    }

    private void end(List<Waiting> some) {
        try {
            Set<MediaKey> files =
                    endings.uploadedAtOnce(some.stream().map(Waiting::end).toList());
            some.forEach(each -> each.done().complete(files.contains(each.end().key())));
        } catch (RuntimeException | Error e) {
            if (some.size() == 1) {
                some.getFirst().done().completeExceptionally(e);
            } else {
                // One of them may be the cause; it is not to sink the others.
                some.forEach(each -> end(List.of(each)));
            }
        }
    }
}
