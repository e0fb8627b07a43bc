package io.mediasaga.ingest.upload;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The uploads in the database. Every method is one statement. */
@Component
public class Uploads {

    private final JdbcClient jdbc;
    private final RecentUploads recent;

    Uploads(JdbcClient jdbc, RecentUploads recent) {
        this.jdbc = jdbc;
        this.recent = recent;
    }

    /**
     * What is to be uploaded.
     *
     * @param expiresAfter counted from now on, by the database's clock
     */
    public record Declared(
            String id,
            String assetId,
            String sagaId,
            String ownerId,
            String fileName,
            String contentType,
            long size,
            @Nullable String sha256,
            @Nullable String requestId,
            @Nullable String traceparent,
            Duration expiresAfter) {}

    /** Adds uploads; answers those whose assets had none. */
    public List<Upload> add(List<Declared> declared) {
        return jdbc.sql(
                        """
                        INSERT INTO upload (upload_id, asset_id, saga_id, owner_id, file_name, content_type, size_bytes,
                                            declared_sha256, request_id, traceparent, expires_at)
                        SELECT id, asset_id, saga_id, owner_id, file_name, content_type, size, sha256, request_id, traceparent,
                            now() + make_interval(secs => seconds)
                        FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[],
                                ?::text[], ?::text[], ?::float8[])
                            AS d (id, asset_id, saga_id, owner_id, file_name, content_type, size, sha256, request_id, traceparent,
                                  seconds)
                        ORDER BY asset_id
                        ON CONFLICT (asset_id) WHERE status <> 'CLEANED' DO NOTHING
                        RETURNING\s"""
                                + UploadRows.COLUMNS)
                .param(texts(declared, Declared::id))
                .param(texts(declared, Declared::assetId))
                .param(texts(declared, Declared::sagaId))
                .param(texts(declared, Declared::ownerId))
                .param(texts(declared, Declared::fileName))
                .param(texts(declared, Declared::contentType))
                .param(declared.stream().map(Declared::size).toArray(Long[]::new))
                .param(texts(declared, Declared::sha256))
                .param(texts(declared, Declared::requestId))
                .param(texts(declared, Declared::traceparent))
                .param(declared.stream().map(each -> seconds(each.expiresAfter())).toArray(Double[]::new))
                .query(UploadRows::read)
                .list();
    }

    private static @Nullable String[] texts(List<Declared> declared, Function<Declared, @Nullable String> text) {
        return declared.stream().map(text).toArray(String[]::new);
    }

    /** The upload. */
    public Optional<Upload> find(String id) {
        return jdbc.sql("SELECT " + UploadRows.COLUMNS + " FROM upload WHERE upload_id = ?")
                .params(id)
                .query(UploadRows::read)
                .optional();
    }

    /** The asset's upload that has not been cleaned. */
    public Optional<Upload> findByAsset(String assetId) {
        return findByAssets(List.of(assetId)).stream().findFirst();
    }

    /** The uploads of the assets that have not been cleaned. */
    public List<Upload> findByAssets(Collection<String> assetIds) {
        return jdbc.sql("SELECT " + UploadRows.COLUMNS
                        + " FROM upload WHERE asset_id = ANY (?::text[]) AND status <> 'CLEANED'")
                .param(assetIds.toArray(String[]::new))
                .query(UploadRows::read)
                .list();
    }

    /**
     * Ends the uploads of sagas. Nothing can be written to them any more.
     *
     * @param filesDue when the janitor deletes the files
     * @return their ids
     */
    public List<String> clean(Collection<String> sagaIds, Duration filesDue) {
        List<String> ended = jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'CLEANED', lock_token = NULL, locked_until = NULL, next_notice_at = NULL,
                            files_due_at = now() + make_interval(secs => ?), updated_at = now()
                        WHERE saga_id = ANY (?::text[]) AND (status <> 'CLEANED' OR files_due_at IS NOT NULL)
                        RETURNING upload_id
                        """)
                .param(seconds(filesDue))
                .param(sagaIds.toArray(String[]::new))
                .query(String.class)
                .list();
        ended.forEach(recent::forget);
        return ended;
    }

    /** Notes that no files are left. */
    public void filesGone(List<String> ids) {
        jdbc.sql("UPDATE upload SET files_due_at = NULL, updated_at = now() WHERE upload_id = ANY(?)")
                .params((Object) ids.toArray(String[]::new))
                .update();
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
