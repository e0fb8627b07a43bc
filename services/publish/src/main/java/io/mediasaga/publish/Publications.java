package io.mediasaga.publish;

import io.mediasaga.storage.MediaKey;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What is published, and which sagas have left files that are to go. */
@Repository
class Publications {

    private final JdbcClient jdbc;

    Publications(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The publication under that part of an address, see {@link Addresses}. */
    Optional<Publication> find(String slug) {
        return jdbc.sql("""
                SELECT asset_id, saga_id, prefix, entry, poster, title, published_at FROM publication WHERE slug = ?
                """)
                .param(slug)
                .query((row, index) -> new Publication(
                        row.getString("asset_id"),
                        row.getString("saga_id"),
                        MediaKey.of(row.getString("prefix")),
                        row.getString("entry"),
                        row.getString("poster"),
                        row.getString("title"),
                        row.getObject("published_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /**
     * Makes it reachable, in one instant for everybody. Belongs into the transaction of the reply.
     *
     * @throws IllegalStateException when another saga has published the asset meanwhile
     */
    void publish(Publication publication) {
        int rows = jdbc.sql("""
                INSERT INTO publication (slug, asset_id, saga_id, prefix, entry, poster, title)
                VALUES (:slug, :asset, :saga, :prefix, :entry, :poster, :title)
                ON CONFLICT (slug) DO UPDATE
                SET prefix = excluded.prefix, entry = excluded.entry, poster = excluded.poster, title = excluded.title,
                    published_at = now()
                WHERE publication.saga_id = excluded.saga_id
                """)
                .param("slug", Addresses.slug(publication.assetId()))
                .param("asset", publication.assetId())
                .param("saga", publication.sagaId())
                .param("prefix", publication.prefix().value())
                .param("entry", publication.entry())
                .param("poster", publication.poster())
                .param("title", publication.title())
                .update();
        if (rows == 0) {
            throw new IllegalStateException("Another saga has published the asset " + publication.assetId());
        }
    }

    /** Makes unreachable what the saga has published. */
    void withdraw(String sagaId) {
        jdbc.sql("DELETE FROM publication WHERE saga_id = ?").param(sagaId).update();
    }

    /** Notes that files of the saga beside the published ones are to go, after that time. */
    void leftover(String sagaId, Duration after) {
        jdbc.sql("""
                INSERT INTO leftover (saga_id, delete_at) VALUES (:saga, now() + make_interval(secs => :after))
                ON CONFLICT (saga_id) DO UPDATE SET delete_at = excluded.delete_at
                """).param("saga", sagaId).param("after", after.toSeconds()).update();
    }

    /** Takes sagas with files to delete; nobody else gets them within the lease. */
    List<String> claimLeftovers(int most, Duration lease) {
        return jdbc.sql("""
                UPDATE leftover SET delete_at = now() + make_interval(secs => :lease)
                WHERE saga_id IN (
                    SELECT saga_id FROM leftover WHERE delete_at <= now() ORDER BY delete_at LIMIT :most FOR UPDATE SKIP LOCKED)
                RETURNING saga_id
                """)
                .param("lease", lease.toSeconds())
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** The folder that the saga has published, when it has. */
    @Nullable MediaKey published(String sagaId) {
        return jdbc.sql("SELECT prefix FROM publication WHERE saga_id = ?")
                .param(sagaId)
                .query(String.class)
                .optional()
                .map(MediaKey::of)
                .orElse(null);
    }

    /** Notes that nothing is left of the saga. */
    void nothingLeft(List<String> sagaIds) {
        jdbc.sql("DELETE FROM leftover WHERE saga_id = ANY (?)").param(sagaIds.toArray(String[]::new)).update();
    }
}
