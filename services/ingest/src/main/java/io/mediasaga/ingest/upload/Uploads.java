package io.mediasaga.ingest.upload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The uploads in the database. Every method is one statement. */
@Component
public class Uploads {

    private final JdbcClient jdbc;

    Uploads(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
            Duration expiresAfter) {}

    /** Adds an upload; empty when the asset has one. */
    public Optional<Upload> add(Declared declared) {
        return jdbc.sql(
                        """
                        INSERT INTO upload (upload_id, asset_id, saga_id, owner_id, file_name, content_type, size_bytes,
                                            declared_sha256, request_id, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))
                        ON CONFLICT (asset_id) WHERE status <> 'CLEANED' DO NOTHING
                        RETURNING\s"""
                                + UploadRows.COLUMNS)
                .params(
                        declared.id(),
                        declared.assetId(),
                        declared.sagaId(),
                        declared.ownerId(),
                        declared.fileName(),
                        declared.contentType(),
                        declared.size(),
                        declared.sha256(),
                        declared.requestId(),
                        seconds(declared.expiresAfter()))
                .query(UploadRows::read)
                .optional();
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
        return jdbc.sql("SELECT " + UploadRows.COLUMNS + " FROM upload WHERE asset_id = ? AND status <> 'CLEANED'")
                .params(assetId)
                .query(UploadRows::read)
                .optional();
    }

    /**
     * Ends the uploads of a saga. Nothing can be written to them any more.
     *
     * @param filesDue when the janitor deletes the files
     * @return their ids
     */
    public List<String> clean(String sagaId, Duration filesDue) {
        return jdbc.sql(
                        """
                        UPDATE upload
                        SET status = 'CLEANED', lock_token = NULL, locked_until = NULL, next_notice_at = NULL,
                            files_due_at = now() + make_interval(secs => ?), updated_at = now()
                        WHERE saga_id = ? AND (status <> 'CLEANED' OR files_due_at IS NOT NULL)
                        RETURNING upload_id
                        """)
                .params(seconds(filesDue), sagaId)
                .query(String.class)
                .list();
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
