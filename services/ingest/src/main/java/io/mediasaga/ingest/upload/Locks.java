package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.storage.AppendState;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lets one writer at a time work on an upload, over all replicas, under a lease by the database's clock. A lease that ran out can be
 * taken over; the epoch grows then, so that the other's late bytes land beside (see the media store) and its late statements match
 * nothing.
 */
@Component
class Locks {

    private final JdbcClient jdbc;
    private final Duration lease;

    Locks(JdbcClient jdbc, IngestProperties properties) {
        this.jdbc = jdbc;
        this.lease = properties.lease();
    }

    /** Takes the lock of an open upload; empty when somebody else has it, or it is not open. */
    Optional<UploadLock> take(String id) {
        String token = UUID.randomUUID().toString();
        return jdbc.sql(
                        """
                        UPDATE upload
                        SET epoch = epoch + CASE WHEN lock_token IS NULL THEN 0 ELSE 1 END,
                            lock_token = ?, locked_until = clock_timestamp() + make_interval(secs => ?)
                        WHERE upload_id = ? AND status = 'OPEN'
                          AND (lock_token IS NULL OR locked_until < clock_timestamp())
                        RETURNING\s"""
                                + UploadRows.COLUMNS)
                .params(token, Uploads.seconds(lease), id)
                .query(UploadRows::read)
                .optional()
                .map(upload -> new UploadLock(this, upload, token));
    }

    /** Notes what is durable, and lengthens the lease. */
    boolean keep(String id, String token, AppendState state) {
        return jdbc.sql(
                                """
                                UPDATE upload
                                SET received = ?, append_detail = ?, updated_at = now(),
                                    locked_until = clock_timestamp() + make_interval(secs => ?)
                                WHERE upload_id = ? AND lock_token = ? AND status = 'OPEN'
                                """)
                        .params(state.size(), state.detail(), Uploads.seconds(lease), id, token)
                        .update()
                == 1;
    }

    /** Lengthens the lease. */
    boolean renew(String id, String token) {
        return jdbc.sql(
                                """
                                UPDATE upload SET locked_until = clock_timestamp() + make_interval(secs => ?)
                                WHERE upload_id = ? AND lock_token = ? AND status = 'OPEN'
                                """)
                        .params(Uploads.seconds(lease), id, token)
                        .update()
                == 1;
    }

    void release(String id, String token) {
        jdbc.sql("UPDATE upload SET lock_token = NULL, locked_until = NULL WHERE upload_id = ? AND lock_token = ?")
                .params(id, token)
                .update();
    }
}
