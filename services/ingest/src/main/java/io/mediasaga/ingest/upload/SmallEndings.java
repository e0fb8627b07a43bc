package io.mediasaga.ingest.upload;

import io.mediasaga.messaging.Batcher;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.tracing.Traceparent;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Ends small uploads together: those that come while one transaction commits, or soon after, share the next. */
@Component
class SmallEndings {

    private static final int MOST = 200;
    private static final Duration GATHER = Duration.ofMillis(60);

    private final Endings endings;
    private final Batcher<Endings.AtOnce, Boolean> batcher;

    SmallEndings(Endings endings, TransactionOperations transactions) {
        this.endings = endings;
        this.batcher = new Batcher<>(MOST, GATHER, transactions, this::end);
    }

    /** Whether the object has become the upload's file; false when the upload was not open and untouched any more. */
    boolean uploaded(String id, MediaKey key, String sha256) {
        return batcher.submit(new Endings.AtOnce(id, key, sha256, Traceparent.current()));
    }

    private List<Boolean> end(List<Endings.AtOnce> some) {
        Set<MediaKey> files = endings.uploadedAtOnce(some);
        return some.stream().map(each -> files.contains(each.key())).toList();
    }
}
