package io.mediasaga.quota;

/**
 * The statements that change accounts. They rely on {@link LedgerLock}: what a statement reads is what it changes.
 * Sums are compared by subtraction, and limits are bounded, so nothing overflows.
 */
final class LedgerSql {

    static final String RESERVE = """
            WITH booked AS (
                INSERT INTO account AS a (owner_id, reserved_bytes, reserved_assets)
                SELECT :owner, :bytes, 1
                WHERE NOT EXISTS (
                        SELECT FROM reservation WHERE asset_id = :asset AND state IN ('HELD', 'USED'))
                    AND (EXISTS (SELECT FROM account WHERE owner_id = :owner)
                        OR (:bytes <= :default_bytes AND 1 <= :default_assets))
                ON CONFLICT (owner_id) DO UPDATE
                SET reserved_bytes = a.reserved_bytes + excluded.reserved_bytes,
                    reserved_assets = a.reserved_assets + 1,
                    updated_at = now()
                WHERE excluded.reserved_bytes <= coalesce(a.limit_bytes, :default_bytes) - a.reserved_bytes - a.used_bytes
                    AND 1 <= coalesce(a.limit_assets, :default_assets) - a.reserved_assets - a.used_assets
                RETURNING coalesce(limit_bytes, :default_bytes) - reserved_bytes - used_bytes AS free_bytes,
                    coalesce(limit_assets, :default_assets) - reserved_assets - used_assets AS free_assets
            ), held AS (
                INSERT INTO reservation (asset_id, owner_id, saga_id, bytes, expires_at)
                SELECT :asset, :owner, :saga, :bytes, least(
                    greatest(coalesce(:deadline::timestamptz, now() + make_interval(secs => :lease)), now())
                        + make_interval(secs => :grace),
                    now() + make_interval(secs => :max_lease))
                FROM booked
                ON CONFLICT (asset_id) DO UPDATE
                SET owner_id = excluded.owner_id, saga_id = excluded.saga_id, bytes = excluded.bytes,
                    expires_at = excluded.expires_at, state = 'HELD', updated_at = now()
                RETURNING expires_at
            ), written AS (
                INSERT INTO ledger_entry
                    (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id)
                SELECT :owner, 'RESERVE', :bytes, 1, 0, 0, :asset, :saga FROM booked
            )
            SELECT free_bytes, free_assets, expires_at FROM booked, held
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
            WITH published AS (
                SELECT owner_id, saga_id, bytes, state, CASE state WHEN 'HELD' THEN 1 ELSE 0 END AS held
                FROM reservation WHERE asset_id = :asset AND state <> 'USED'
            ), used AS (
                UPDATE reservation SET state = 'USED', updated_at = now()
                FROM published WHERE asset_id = :asset
            ), booked AS (
                UPDATE account a
                SET reserved_bytes = a.reserved_bytes - p.held * p.bytes, reserved_assets = a.reserved_assets - p.held,
                    used_bytes = a.used_bytes + p.bytes, used_assets = a.used_assets + 1, updated_at = now()
                FROM published p WHERE a.owner_id = p.owner_id
            ), written AS (
                INSERT INTO ledger_entry
                    (owner_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets, asset_id, saga_id, note)
                SELECT owner_id, 'COMMIT', -held * bytes, -held, bytes, 1, :asset, saga_id,
                    CASE state
                        WHEN 'EXPIRED' THEN 'The reservation had expired when the asset was published; booked nevertheless'
                        WHEN 'RELEASED' THEN 'The reservation had been released when the asset was published; booked nevertheless'
                    END
                FROM published
            )
            SELECT state FROM published
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
