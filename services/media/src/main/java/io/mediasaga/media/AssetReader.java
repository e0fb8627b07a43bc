package io.mediasaga.media;

import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads assets for people and programs. */
@Repository
class AssetReader {

    private static final String COLUMNS = """
            SELECT asset_id, saga_id, owner_id, title, file_name, content_type, size_bytes, status, failure_reason,
                   public_path, watch_path, poster_path, profile, note, duration_ms, width, height, output_bytes,
                   created_at, updated_at
            FROM asset
            """;

    private static final String PAGE = COLUMNS + "WHERE %s ORDER BY created_at DESC, asset_id DESC LIMIT ?";

    private final JdbcClient jdbc;

    AssetReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Asset> find(String assetId) {
        return jdbc.sql(COLUMNS + "WHERE asset_id = ?")
                .param(assetId)
                .query(AssetReader::asset)
                .optional();
    }

    /** One page, newest first. */
    CursorPage<Asset> list(AssetQuery query, int limit) {
        AssetQuery.Where where = query.where();
        List<Object> parameters = new ArrayList<>(where.parameters());
        parameters.add(limit + 1);
        List<Asset> assets = jdbc.sql(PAGE.formatted(where.sql()))
                .params(parameters)
                .query(AssetReader::asset)
                .list();
        return CursorPage.of(assets, limit, asset -> Cursor.of(asset.createdAt(), asset.assetId()));
    }

    private static Asset asset(ResultSet row, int number) throws SQLException {
        return new Asset(
                row.getString("asset_id"),
                row.getString("saga_id"),
                row.getString("owner_id"),
                row.getString("title"),
                row.getString("file_name"),
                row.getString("content_type"),
                row.getObject("size_bytes", Long.class),
                AssetStatus.valueOf(row.getString("status")),
                row.getString("failure_reason"),
                row.getString("public_path"),
                row.getString("watch_path"),
                row.getString("poster_path"),
                row.getString("profile"),
                row.getString("note"),
                row.getObject("duration_ms", Long.class),
                row.getObject("width", Integer.class),
                row.getObject("height", Integer.class),
                row.getObject("output_bytes", Long.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }
}
