package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.storage.MediaKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Ends uploads and tells their sagas, each in one transaction, and each upload once. */
@Component
public class Endings {

    private static final int MOST_NOTICES = 12;

    private final JdbcClient jdbc;
    private final Announcer announcer;
    private final Duration noticeAfter;

    Endings(JdbcClient jdbc, Announcer announcer, IngestProperties properties) {
        this.jdbc = jdbc;
        this.announcer = announcer;
        this.noticeAfter = properties.noticeAfter();
    }

    /** The writer has completed the upload. */
    @Transactional
    public boolean uploaded(String id, String lockToken, MediaKey key, String sha256) {
        return told(key, sha256, jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'UPLOADED', object_key = ?, sha256 = ?, updated_at = now(),
                            lock_token = NULL, locked_until = NULL
                        WHERE upload_id = ? AND status = 'OPEN' AND lock_token = ?
                        RETURNING\s"""
                                + UploadRows.COLUMNS)
                .params(key.value(), sha256, id, lockToken)
                .query(UploadRows::read)
                .optional());
    }

    /** The whole file came in one request, and nobody else has written any of it or does so now. */
    @Transactional
    public boolean uploadedAtOnce(String id, MediaKey key, String sha256) {
        return told(key, sha256, jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'UPLOADED', received = size_bytes, object_key = ?, sha256 = ?, updated_at = now(),
                            lock_token = NULL, locked_until = NULL
                        WHERE upload_id = ? AND status = 'OPEN' AND received = 0
                          AND (lock_token IS NULL OR locked_until < clock_timestamp())
                        RETURNING\s"""
                                + UploadRows.COLUMNS)
                .params(key.value(), sha256, id)
                .query(UploadRows::read)
                .optional());
    }

    /** The upload will not be completed. False when it had ended before. */
    @Transactional
    public boolean failed(String id, Upload.Failure failure) {
        return !fail("upload_id = ?", id, failure).isEmpty();
    }

    /** Fails some uploads that are over their time and not being written to. */
    @Transactional
    public int expire(int most) {
        return fail(
                        """
                        upload_id IN (
                            SELECT upload_id FROM upload
                            WHERE status = 'OPEN' AND expires_at <= now()
                              AND received < size_bytes
                              AND (lock_token IS NULL OR locked_until < now())
                            LIMIT ? FOR UPDATE SKIP LOCKED)
                        """,
                        most,
                        new Upload.Failure("UPLOAD_EXPIRED", "The file was not uploaded in time."))
                .size();
    }

    /**
     * Tells failures again whose sagas have not cleaned up: when the first notice came, the saga may not have been waiting for it
     * yet, and such a notice changes nothing there.
     */
    @Transactional
    public int remind(int most) {
        List<Reminder> reminders = jdbc.sql(
                        """
                        UPDATE upload
                        SET notices = notices + 1,
                            next_notice_at = CASE WHEN notices + 1 < ?
                                THEN now() + make_interval(secs => ? * power(2, notices + 1)) END
                        WHERE upload_id IN (
                            SELECT upload_id FROM upload WHERE next_notice_at <= now() LIMIT ? FOR UPDATE SKIP LOCKED)
                        RETURNING notices,\s"""
                                + UploadRows.COLUMNS)
                .params(MOST_NOTICES, Uploads.seconds(noticeAfter), most)
                .query((row, number) -> new Reminder(UploadRows.read(row, number), row.getInt("notices")))
                .list();
        for (Reminder each : reminders) {
            Upload.Failure failure = each.upload().failure();
            if (failure != null) {
                announcer.failed(each.upload(), failure, each.notice());
            }
        }
        return reminders.size();
    }

    private record Reminder(Upload upload, int notice) {}

    private List<Upload> fail(String which, Object parameter, Upload.Failure failure) {
        List<Upload> failed = jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'FAILED', failure_code = ?, failure_reason = ?, updated_at = now(),
                            lock_token = NULL, locked_until = NULL, files_due_at = now(),
                            next_notice_at = now() + make_interval(secs => ?)
                        WHERE status = 'OPEN' AND\s"""
                                + which + " RETURNING " + UploadRows.COLUMNS)
                .params(failure.code(), failure.reason(), Uploads.seconds(noticeAfter), parameter)
                .query(UploadRows::read)
                .list();
        failed.forEach(upload -> announcer.failed(upload, failure, 0));
        return failed;
    }

    private boolean told(MediaKey key, String sha256, Optional<Upload> ended) {
        ended.ifPresent(upload -> announcer.uploaded(upload, key, sha256));
        return ended.isPresent();
    }
}
