package io.mediasaga.ingest.upload;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.storage.MediaKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
        Optional<Upload> ended = jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'UPLOADED', object_key = ?, sha256 = ?, updated_at = now(),
                            lock_token = NULL, locked_until = NULL
                        WHERE upload_id = ? AND status = 'OPEN' AND lock_token = ?
                        RETURNING\s"""
                                + UploadRows.COLUMNS)
                .params(key.value(), sha256, id, lockToken)
                .query(UploadRows::read)
                .optional();
        ended.ifPresent(upload -> announcer.uploaded(upload, key, sha256, UploadTraces.here(upload)));
        return ended.isPresent();
    }

    /**
     * A small file that came whole in one request.
     *
     * @param id the upload
     * @param key the object that it was written to
     * @param sha256 of the object
     * @param traceparent where in a trace the request is
     */
    record AtOnce(String id, MediaKey key, String sha256, @Nullable String traceparent) {}

    /**
     * Ends uploads whose whole files came in one request each, where nobody else has written any of it or does so now.
     *
     * @return the objects that have become files
     */
    @Transactional
    public Set<MediaKey> uploadedAtOnce(List<AtOnce> ends) {
        record Ended(Upload upload, MediaKey key, String sha256) {}
        List<Ended> ended = jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'UPLOADED', received = size_bytes, object_key = came.key, sha256 = came.hash,
                            updated_at = now(), lock_token = NULL, locked_until = NULL
                        FROM unnest(?::text[], ?::text[], ?::text[]) AS came (id, key, hash)
                        WHERE upload_id = came.id AND status = 'OPEN' AND received = 0
                          AND (lock_token IS NULL OR locked_until < clock_timestamp())
                        RETURNING object_key, sha256,\s"""
                                + UploadRows.COLUMNS)
                .params(
                        ends.stream().map(AtOnce::id).toArray(String[]::new),
                        ends.stream().map(each -> each.key().value()).toArray(String[]::new),
                        ends.stream().map(AtOnce::sha256).toArray(String[]::new))
                .query((row, number) -> new Ended(
                        UploadRows.read(row, number), MediaKey.of(row.getString("object_key")), row.getString("sha256")))
                .list();
        Map<String, AtOnce> requests = ends.stream().collect(Collectors.toMap(AtOnce::id, each -> each, (a, b) -> a));
        ended.forEach(each -> {
            AtOnce request = requests.get(each.upload().id());
            String traceparent = request == null ? null : request.traceparent();
            announcer.uploaded(each.upload(), each.key(), each.sha256(), UploadTraces.here(each.upload(), traceparent));
        });
        return ended.stream().map(Ended::key).collect(Collectors.toUnmodifiableSet());
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
                        upload_id = ANY (ARRAY(
                            SELECT upload_id FROM upload
                            WHERE status = 'OPEN' AND expires_at <= now()
                              AND received < size_bytes
                              AND (lock_token IS NULL OR locked_until < now())
                            ORDER BY expires_at LIMIT ? FOR UPDATE SKIP LOCKED))
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
                        WHERE upload_id = ANY (ARRAY(
                            SELECT upload_id FROM upload WHERE next_notice_at <= now()
                            ORDER BY next_notice_at LIMIT ? FOR UPDATE SKIP LOCKED))
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
}
