package io.mediasaga.media;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Changes of assets. Each is one statement when all goes well; the caller holds the transaction. */
@Repository
class AssetStore {

    private static final String CREATE = """
            INSERT INTO asset (asset_id, saga_id, owner_id, title, file_name, content_type, size_bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (asset_id) DO NOTHING
            """;

    private static final String MARK_FAILED = """
            UPDATE asset SET status = 'FAILED', failure_reason = ?, updated_at = now()
            WHERE asset_id = ? AND saga_id = ? AND status = 'PENDING'
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE asset
            SET status = 'PUBLISHED', public_path = ?, watch_path = ?, poster_path = ?, profile = ?, note = ?,
                duration_ms = ?, width = ?, height = ?, output_bytes = ?, updated_at = now()
            WHERE asset_id = ? AND saga_id = ? AND status = 'PENDING'
            RETURNING owner_id
            """;

    private static final String STATE = "SELECT saga_id, owner_id, status FROM asset WHERE asset_id = ?";

    private final JdbcClient jdbc;

    AssetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What decides whether an asset may change. */
    record State(String sagaId, @Nullable String ownerId, AssetStatus status) {}

    /** The owner of an asset that has been changed; it may have none. */
    record Changed(@Nullable String ownerId) {}

    /** Creates the asset; answers false when its id is taken. */
    boolean create(String sagaId, AssetCreate asset) {
        return jdbc.sql(CREATE)
                        .params(
                                asset.assetId(),
                                sagaId,
                                asset.ownerId(),
                                asset.title(),
                                asset.fileName(),
                                asset.contentType(),
                                asset.sizeBytes())
                        .update()
                == 1;
    }

    /** Marks a pending asset of the saga as failed; answers false when there is none. */
    boolean markFailed(String sagaId, String assetId, String reason) {
        return jdbc.sql(MARK_FAILED).params(reason, assetId, sagaId).update() == 1;
    }

    /** Marks a pending asset of the saga as published; empty when there is none. */
    Optional<Changed> markPublished(String sagaId, AssetMarkPublished asset) {
        return jdbc.sql(MARK_PUBLISHED)
                .params(
                        asset.publicPath(),
                        asset.watchPath(),
                        asset.posterPath(),
                        asset.profile(),
                        asset.note(),
                        asset.durationMs(),
                        asset.width(),
                        asset.height(),
                        asset.outputBytes(),
                        asset.assetId(),
                        sagaId)
                .query((row, number) -> new Changed(row.getString(1)))
                .optional();
    }

    /** How it stands with the asset. */
    Optional<State> state(String assetId) {
        return jdbc.sql(STATE)
                .param(assetId)
                .query((row, number) -> new State(
                        row.getString("saga_id"),
                        row.getString("owner_id"),
                        AssetStatus.valueOf(row.getString("status"))))
                .optional();
    }
}
