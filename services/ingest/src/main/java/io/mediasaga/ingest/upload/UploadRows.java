package io.mediasaga.ingest.upload;

import io.mediasaga.storage.AppendState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads uploads from rows. */
final class UploadRows {

    /** The columns, for SELECT and RETURNING. */
    static final String COLUMNS =
            """
            upload_id, asset_id, saga_id, owner_id, file_name, content_type, size_bytes, declared_sha256, request_id, traceparent, status,
            received, append_detail, epoch, failure_code, failure_reason, expires_at, now() AS read_at
            """;

    private UploadRows() {}

    static Upload read(ResultSet row, int number) throws SQLException {
        String failure = row.getString("failure_code");
        return new Upload(
                row.getString("upload_id"),
                row.getString("asset_id"),
                row.getString("saga_id"),
                row.getString("owner_id"),
                row.getString("file_name"),
                row.getString("content_type"),
                row.getLong("size_bytes"),
                row.getString("declared_sha256"),
                row.getString("request_id"),
                row.getString("traceparent"),
                Upload.Status.valueOf(row.getString("status")),
                new AppendState(row.getLong("received"), row.getString("append_detail")),
                row.getLong("epoch"),
                failure == null ? null : new Upload.Failure(failure, row.getString("failure_reason")),
                instant(row, "expires_at"),
                instant(row, "read_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
