package io.mediasaga.quota;

import io.mediasaga.web.Cursor;
import io.mediasaga.web.CursorPage;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads accounts and ledgers. */
@Repository
class QuotaReader {

    private static final String ACCOUNT = """
            SELECT owner_id, coalesce(limit_bytes, :default_bytes) AS limit_bytes,
                coalesce(limit_assets, :default_assets) AS limit_assets,
                limit_bytes IS NOT NULL OR limit_assets IS NOT NULL AS own_limits,
                reserved_bytes, reserved_assets, used_bytes, used_assets, updated_at
            FROM account
            """;

    private static final String LEDGER = """
            SELECT entry_id, kind, reserved_bytes, reserved_assets, used_bytes, used_assets,
                asset_id, saga_id, adjustment_id, note, created_at
            FROM ledger_entry
            WHERE owner_id = ? AND entry_id < ?
            ORDER BY entry_id DESC LIMIT ?
            """;

    private final JdbcClient jdbc;
    private final Limits defaults;

    QuotaReader(JdbcClient jdbc, QuotaProperties properties) {
        this.jdbc = jdbc;
        this.defaults = properties.defaultLimits();
    }

    /** How it stands with the owner; one that nobody has heard of has the configured limits. */
    Quota find(String ownerId) {
        return accounts(ACCOUNT + "WHERE owner_id = :owner")
                .param("owner", ownerId)
                .query(QuotaReader::quota)
                .optional()
                .orElseGet(() -> Quota.untouched(ownerId, defaults));
    }

    /** A page of accounts by owner. */
    CursorPage<Quota> list(@Nullable Cursor after, int limit) {
        var rows = accounts(ACCOUNT + "WHERE owner_id > :after ORDER BY owner_id LIMIT :limit")
                .param("after", after == null ? "" : after.text(0))
                .param("limit", limit + 1)
                .query(QuotaReader::quota)
                .list();
        return CursorPage.of(rows, limit, quota -> Cursor.of(quota.ownerId()));
    }

    /** A page of an owner's ledger, newest first. The lock on the ledger makes the order of ids that of commits. */
    CursorPage<LedgerEntry> ledger(String ownerId, @Nullable Cursor after, int limit) {
        var rows = jdbc.sql(LEDGER)
                .params(ownerId, after == null ? Long.MAX_VALUE : after.number(0), limit + 1)
                .query(QuotaReader::entry)
                .list();
        return CursorPage.of(rows, limit, entry -> Cursor.of(entry.entryId()));
    }

    private JdbcClient.StatementSpec accounts(String sql) {
        return jdbc.sql(sql).param("default_bytes", defaults.bytes()).param("default_assets", defaults.assets());
    }

    private static Quota quota(ResultSet row, int number) throws SQLException {
        long limitBytes = row.getLong("limit_bytes");
        long limitAssets = row.getLong("limit_assets");
        long reservedBytes = row.getLong("reserved_bytes");
        long reservedAssets = row.getLong("reserved_assets");
        long usedBytes = row.getLong("used_bytes");
        long usedAssets = row.getLong("used_assets");
        return new Quota(
                row.getString("owner_id"),
                limitBytes,
                limitAssets,
                row.getBoolean("own_limits"),
                reservedBytes,
                reservedAssets,
                usedBytes,
                usedAssets,
                Math.max(0, limitBytes - reservedBytes - usedBytes),
                Math.max(0, limitAssets - reservedAssets - usedAssets),
                row.getObject("updated_at", OffsetDateTime.class).toInstant());
    }

    private static LedgerEntry entry(ResultSet row, int number) throws SQLException {
        return new LedgerEntry(
                row.getLong("entry_id"),
                row.getString("kind"),
                row.getLong("reserved_bytes"),
                row.getLong("reserved_assets"),
                row.getLong("used_bytes"),
                row.getLong("used_assets"),
                row.getString("asset_id"),
                row.getString("saga_id"),
                row.getString("adjustment_id"),
                row.getString("note"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
