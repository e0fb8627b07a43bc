package io.mediasaga.quota;

/**
 * The statements that change accounts. They rely on {@link LedgerLock}: what a statement reads is what it changes.
 * Sums are compared by subtraction, and limits are bounded, so nothing overflows.
 */
final class LedgerSql {

    /** How it stands with each owner and each asset, in the order of the asked. */
    static final String LOOK = """
            SELECT coalesce(a.limit_bytes, :default_bytes) AS limit_bytes,
                coalesce(a.limit_assets, :default_assets) AS limit_assets,
                coalesce(a.taken_bytes, 0) AS taken_bytes, coalesce(a.taken_assets, 0) AS taken_assets,
                r.asset_id, r.owner_id, r.saga_id, r.bytes, r.state, r.expires_at
            FROM unnest(:assets::text[], :owners::text[]) WITH ORDINALITY AS asked (asset_id, owner_id, line)
            LEFT JOIN LATERAL (
                SELECT limit_bytes, limit_assets, reserved_bytes + used_bytes AS taken_bytes,
                    reserved_assets + used_assets AS taken_assets
                FROM account WHERE owner_id = asked.owner_id LIMIT 1) a ON true
            LEFT JOIN LATERAL (
                SELECT asset_id, owner_id, saga_id, bytes, state, expires_at
                FROM reservation WHERE asset_id = asked.asset_id LIMIT 1) r ON true
            ORDER BY asked.line
            """;

    /** Books what has been found to fit; no asset is there twice. */
    static final String RESERVE = """
            WITH fitting AS MATERIALIZED (
                SELECT * FROM unnest(:assets::text[], :owners::text[], :sagas::text[], :bytes::bigint[], :deadlines::timestamptz[])
                    WITH ORDINALITY AS f (asset_id, owner_id, saga_id, bytes, deadline, line)
            ), booked AS (
                INSERT INTO account AS a (owner_id, reserved_bytes, reserved_assets)
                SELECT owner_id, sum(bytes)::bigint, count(*) FROM fitting GROUP BY owner_id ORDER BY owner_id
                ON CONFLICT (owner_id) DO UPDATE
                SET reserved_bytes = a.reserved_bytes + excluded.reserved_bytes,
                    reserved_assets = a.reserved_assets + excluded.reserved_assets,
                    updated_at = now()
            ), written AS (
                INSERT INTO ledger_entry
                    (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id)
                SELECT owner_id, 'RESERVE', bytes, 1, 0, 0, asset_id, saga_id FROM fitting ORDER BY line
            )
            INSERT INTO reservation (asset_id, owner_id, saga_id, bytes, expires_at)
            SELECT asset_id, owner_id, saga_id, bytes, least(
                greatest(coalesce(deadline, now() + make_interval(secs => :lease)), now()) + make_interval(secs => :grace),
                now() + make_interval(secs => :max_lease))
            FROM fitting
            ON CONFLICT (asset_id) DO UPDATE
            SET owner_id = excluded.owner_id, saga_id = excluded.saga_id, bytes = excluded.bytes,
                expires_at = excluded.expires_at, state = 'HELD', updated_at = now()
            RETURNING asset_id, expires_at
            """;

    static final String RELEASE = """
            WITH released AS (
                UPDATE reservation SET state = 'RELEASED', updated_at = now()
                WHERE asset_id = :asset AND saga_id = :saga AND state = 'HELD'
                RETURNING owner_id, bytes
            ), freed AS (
                UPDATE account a
                SET reserved_bytes = a.reserved_bytes - r.bytes, reserved_assets = a.reserved_assets - 1, updated_at = now()
                FROM released r WHERE a.owner_id = r.owner_id
            ), written AS (
                INSERT INTO ledger_entry
                    (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id)
                SELECT owner_id, 'RELEASE', -bytes, -1, 0, 0, :asset, :saga FROM released
            )
            SELECT bytes FROM released
            """;

    static final String USE = """
            WITH published AS MATERIALIZED (
                SELECT asset_id, owner_id, saga_id, bytes, state, CASE state WHEN 'HELD' THEN 1 ELSE 0 END AS held
                FROM reservation WHERE asset_id = ANY (:assets::text[]) AND state <> 'USED'
            ), used AS (
                UPDATE reservation SET state = 'USED', updated_at = now()
                WHERE asset_id = ANY (:assets::text[]) AND state <> 'USED'
            ), booked AS (
                UPDATE account a
                SET reserved_bytes = a.reserved_bytes - p.held_bytes, reserved_assets = a.reserved_assets - p.held_assets,
                    used_bytes = a.used_bytes + p.bytes, used_assets = a.used_assets + p.assets, updated_at = now()
                FROM (SELECT owner_id, sum(bytes)::bigint AS bytes, count(*) AS assets,
                        sum(held * bytes)::bigint AS held_bytes, sum(held) AS held_assets
                    FROM published GROUP BY owner_id) p
                WHERE a.owner_id = p.owner_id
            ), written AS (
                INSERT INTO ledger_entry
                    (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id, note)
                SELECT owner_id, 'COMMIT', -held * bytes, -held, bytes, 1, asset_id, saga_id,
                    CASE state
                        WHEN 'EXPIRED' THEN 'The reservation had expired when the asset was published; booked nevertheless'
                        WHEN 'RELEASED' THEN 'The reservation had been released when the asset was published; booked nevertheless'
                    END
                FROM published
            )
            SELECT asset_id, state FROM published
            """;

    static final String EXPIRE = """
            WITH due AS (
                SELECT asset_id FROM reservation
                WHERE state = 'HELD' AND expires_at <= now()
                ORDER BY expires_at LIMIT :limit
            ), expired AS (
                UPDATE reservation r SET state = 'EXPIRED', updated_at = now()
                FROM due WHERE r.asset_id = due.asset_id
                RETURNING r.asset_id, r.owner_id, r.saga_id, r.bytes
            ), freed AS (
                UPDATE account a
                SET reserved_bytes = a.reserved_bytes - s.bytes, reserved_assets = a.reserved_assets - s.assets,
                    updated_at = now()
                FROM (SELECT owner_id, sum(bytes)::bigint AS bytes, count(*) AS assets FROM expired GROUP BY owner_id) s
                WHERE a.owner_id = s.owner_id
            ), written AS (
                INSERT INTO ledger_entry
                    (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id)
                SELECT owner_id, 'EXPIRE', -bytes, -1, 0, 0, asset_id, saga_id FROM expired
            )
            SELECT count(*)::int FROM expired
            """;

    static final String ADJUST = """
            WITH booked AS (
                INSERT INTO account AS a (owner_id, used_bytes, used_assets)
                SELECT :owner, greatest(:bytes, 0), greatest(:assets, 0)
                WHERE EXISTS (SELECT FROM account WHERE owner_id = :owner) OR (:bytes >= 0 AND :assets >= 0)
                ON CONFLICT (owner_id) DO UPDATE
                SET used_bytes = a.used_bytes + :bytes, used_assets = a.used_assets + :assets, updated_at = now()
                WHERE -:bytes <= a.used_bytes AND -:assets <= a.used_assets
                    AND :bytes <= :max_bytes - a.used_bytes AND :assets <= :max_assets - a.used_assets
                RETURNING owner_id
            )
            INSERT INTO ledger_entry
                (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, adjustment_id, note)
            SELECT owner_id, 'ADJUST', 0, 0, :bytes, :assets, :adjustment, :note FROM booked
            """;

    static final String RESERVATION = """
            SELECT asset_id, owner_id, saga_id, bytes, state, expires_at FROM reservation WHERE asset_id = ?
            """;

    private LedgerSql() {}
}
