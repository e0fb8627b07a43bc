package io.mediasaga.publish;

import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.storage.MediaKey;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
     * Makes them reachable, in one instant for everybody. Belongs into the transaction of the reply.
     *
     * @throws FailedItemException when another saga has published one of the assets meanwhile
     */
    void publish(List<Publication> publications) {
        Set<String> sagas = new HashSet<>(jdbc.sql("""
                INSERT INTO publication (slug, asset_id, saga_id, prefix, entry, poster, title)
                SELECT slug, asset_id, saga_id, prefix, entry, poster, title
                FROM unnest(:slugs::text[], :assets::text[], :sagas::text[], :prefixes::text[], :entries::text[],
                        :posters::text[], :titles::text[])
                    AS p (slug, asset_id, saga_id, prefix, entry, poster, title)
                ORDER BY slug
                ON CONFLICT (slug) DO UPDATE
                SET prefix = excluded.prefix, entry = excluded.entry, poster = excluded.poster, title = excluded.title,
                    published_at = now()
                WHERE publication.saga_id = excluded.saga_id
                RETURNING saga_id
                """)
                .param("slugs", texts(publications, each -> Addresses.slug(each.assetId())))
                .param("assets", texts(publications, Publication::assetId))
                .param("sagas", texts(publications, Publication::sagaId))
                .param("prefixes", texts(publications, each -> each.prefix().value()))
                .param("entries", texts(publications, Publication::entry))
                .param("posters", texts(publications, Publication::poster))
                .param("titles", texts(publications, Publication::title))
                .query(String.class)
                .list());
        for (Publication each : publications) {
            if (!sagas.contains(each.sagaId())) {
                throw new FailedItemException(each, new IllegalStateException(
                        "Another saga has published the asset " + each.assetId()));
            }
        }
    }

    private static @Nullable String[] texts(List<Publication> publications, Function<Publication, @Nullable String> text) {
        return publications.stream().map(text).toArray(String[]::new);
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
                WHERE saga_id = ANY (ARRAY(
                    SELECT saga_id FROM leftover WHERE delete_at <= now() ORDER BY delete_at LIMIT :most FOR UPDATE SKIP LOCKED))
                RETURNING saga_id
                """)
                .param("lease", lease.toSeconds())
                .param("most", most)
                .query(String.class)
                .list();
    }

    /** Gives claimed sagas back, to be looked at after that time. */
    void deleteLater(List<String> sagaIds, Duration wait) {
        jdbc.sql("UPDATE leftover SET delete_at = now() + make_interval(secs => :wait) WHERE saga_id = ANY (:sagas)")
                .param("wait", wait.toSeconds())
                .param("sagas", sagaIds.toArray(String[]::new))
                .update();
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
