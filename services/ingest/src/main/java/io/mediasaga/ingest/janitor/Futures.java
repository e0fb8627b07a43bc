package io.mediasaga.ingest.janitor;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waiting for what other threads do. */
final class Futures {

    private Futures() {}

    static <T> T of(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while files are deleted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
