package io.mediasaga.media;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Changes of assets. Each is one statement when all goes well; the caller holds the transaction. */
@Repository
class AssetStore {

    private static final String CREATE = """
            INSERT INTO asset (asset_id, saga_id, owner_id, title, file_name, content_type, size_bytes)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                AS n (asset_id, saga_id, owner_id, title, file_name, content_type, size_bytes)
            ORDER BY asset_id
            ON CONFLICT (asset_id) DO NOTHING
            RETURNING saga_id
            """;

    private static final String MARK_FAILED = """
            UPDATE asset SET status = 'FAILED', failure_reason = ?, updated_at = now()
            WHERE asset_id = ? AND saga_id = ? AND status = 'PENDING'
            """;

    private static final String MARK_PUBLISHED = """
            UPDATE asset a
            SET status = 'PUBLISHED', public_path = p.public_path, watch_path = p.watch_path, poster_path = p.poster_path,
                profile = p.profile, note = p.note, duration_ms = p.duration_ms, width = p.width, height = p.height,
                output_bytes = p.output_bytes, updated_at = now()
            FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::int[],
                    ?::int[], ?::bigint[])
                AS p (asset_id, saga_id, public_path, watch_path, poster_path, profile, note, duration_ms, width, height,
                    output_bytes)
            WHERE a.asset_id = p.asset_id AND a.saga_id = p.saga_id AND a.status = 'PENDING'
            RETURNING a.saga_id, a.owner_id
            """;

    private static final String STATES =
            "SELECT asset_id, saga_id, owner_id, status FROM asset WHERE asset_id = ANY (?::text[])";

    private final JdbcClient jdbc;

    AssetStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What decides whether an asset may change. */
    record State(String sagaId, @Nullable String ownerId, AssetStatus status) {}

    /** What a saga wants written of its asset. */
    record Of<T>(String sagaId, T asset) {}

    /** Creates the assets whose ids are free; answers their sagas. */
    Set<String> create(List<Of<AssetCreate>> assets) {
        return new HashSet<>(jdbc.sql(CREATE)
                .param(column(assets, String[]::new, AssetCreate::assetId))
                .param(sagas(assets))
                .param(column(assets, String[]::new, AssetCreate::ownerId))
                .param(column(assets, String[]::new, AssetCreate::title))
                .param(column(assets, String[]::new, AssetCreate::fileName))
                .param(column(assets, String[]::new, AssetCreate::contentType))
                .param(column(assets, Long[]::new, AssetCreate::sizeBytes))
                .query(String.class)
                .list());
    }

    /** Marks a pending asset of the saga as failed; answers false when there is none. */
    boolean markFailed(String sagaId, String assetId, String reason) {
        return jdbc.sql(MARK_FAILED).params(reason, assetId, sagaId).update() == 1;
    }

    /** Marks pending assets of their sagas as published; answers the owners of those that it could, by saga. */
    Map<String, Optional<String>> markPublished(List<Of<AssetMarkPublished>> assets) {
        var owners = new HashMap<String, Optional<String>>();
        jdbc.sql(MARK_PUBLISHED)
                .param(column(assets, String[]::new, AssetMarkPublished::assetId))
                .param(sagas(assets))
                .param(column(assets, String[]::new, AssetMarkPublished::publicPath))
                .param(column(assets, String[]::new, AssetMarkPublished::watchPath))
                .param(column(assets, String[]::new, AssetMarkPublished::posterPath))
                .param(column(assets, String[]::new, AssetMarkPublished::profile))
                .param(column(assets, String[]::new, AssetMarkPublished::note))
                .param(column(assets, Long[]::new, AssetMarkPublished::durationMs))
                .param(column(assets, Integer[]::new, AssetMarkPublished::width))
                .param(column(assets, Integer[]::new, AssetMarkPublished::height))
                .param(column(assets, Long[]::new, AssetMarkPublished::outputBytes))
                .query(row -> {
                    owners.put(row.getString(1), Optional.ofNullable(row.getString(2)));
                });
        return owners;
    }

    private static <T> String[] sagas(List<Of<T>> assets) {
        return assets.stream().map(Of::sagaId).toArray(String[]::new);
    }

    private static <T, C> @Nullable C[] column(
            List<Of<T>> assets, IntFunction<@Nullable C[]> array, Function<T, @Nullable C> value) {
        return assets.stream().map(each -> value.apply(each.asset())).toArray(array);
    }

    /** How it stands with the asset. */
    Optional<State> state(String assetId) {
        return Optional.ofNullable(states(List.of(assetId)).get(assetId));
    }

    /** How it stands with those of the assets that are there. */
    Map<String, State> states(Collection<String> assetIds) {
        var states = new HashMap<String, State>();
        if (!assetIds.isEmpty()) {
            jdbc.sql(STATES).param(assetIds.toArray(String[]::new)).query(row -> {
                states.put(
                        row.getString("asset_id"),
                        new State(
                                row.getString("saga_id"),
                                row.getString("owner_id"),
                                AssetStatus.valueOf(row.getString("status"))));
            });
        }
        return states;
    }
}
