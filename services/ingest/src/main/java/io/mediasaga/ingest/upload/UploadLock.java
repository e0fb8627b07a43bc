package io.mediasaga.ingest.upload;

import io.mediasaga.storage.AppendState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The right to write to an upload, until it is closed or its lease runs out. For one thread. */
final class UploadLock implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(UploadLock.class);

    private final Locks locks;
    private final Upload upload;
    private final String token;
    private boolean ended;

    UploadLock(Locks locks, Upload upload, String token) {
        this.locks = locks;
        this.upload = upload;
        this.token = token;
    }

    /** The upload as it was when it was locked. */
    Upload upload() {
        return upload;
    }

    String token() {
        return token;
    }

    /** @throws LockLostException when somebody else has the upload now, or it has ended */
    void keep(AppendState state) {
        held(locks.keep(upload.id(), token, state));
    }

    /** @throws LockLostException when somebody else has the upload now, or it has ended */
    void renew() {
        held(locks.renew(upload.id(), token));
    }

    /** There is nothing to release any more. */
    void ended() {
        ended = true;
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        try {
            locks.release(upload.id(), token);
        } catch (DataAccessException e) {
            log.warn("The lock of upload {} stays until its lease runs out: {}", upload.id(), e.getMessage());
        }
    }

    private void held(boolean still) {
        if (!still) {
            ended = true;
            throw new LockLostException(upload.id());
        }
    }
}
