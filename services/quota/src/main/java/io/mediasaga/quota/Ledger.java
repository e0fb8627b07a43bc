package io.mediasaga.quota;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes accounts. Each change is one statement that moves the reservation, the account and the ledger together;
 * what may not be changes nothing. The caller holds the transaction.
 */
@Component
class Ledger {

    private final JdbcClient jdbc;
    private final LedgerLock lock;
    private final QuotaProperties properties;

    Ledger(JdbcClient jdbc, LedgerLock lock, QuotaProperties properties) {
        this.jdbc = jdbc;
        this.lock = lock;
        this.properties = properties;
    }

    /** What is left after a reservation, and until when it lasts. */
    record Reserved(long freeBytes, long freeAssets, Instant expiresAt) {}

    /** Reserves; empty when the asset has a reservation that counts, or when it does not fit. */
    Optional<Reserved> reserve(String sagaId, String assetId, String ownerId, long bytes, @Nullable Instant deadline) {
        lock.take();
        return jdbc.sql(LedgerSql.RESERVE)
                .param("saga", sagaId)
                .param("asset", assetId)
                .param("owner", ownerId)
                .param("bytes", bytes)
                .param("deadline", deadline == null ? null : OffsetDateTime.ofInstant(deadline, ZoneOffset.UTC))
                .param("default_bytes", properties.defaultLimitBytes())
                .param("default_assets", properties.defaultLimitAssets())
                .param("lease", properties.lease().toSeconds())
                .param("grace", properties.grace().toSeconds())
                .param("max_lease", properties.maxLease().toSeconds())
                .query((row, number) -> new Reserved(
                        row.getLong("free_bytes"),
                        row.getLong("free_assets"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .optional();
    }

    /** Releases what the saga holds for the asset; tells the bytes, empty when it holds nothing. */
    Optional<Long> release(String sagaId, String assetId) {
        lock.take();
        return jdbc.sql(LedgerSql.RELEASE)
                .param("saga", sagaId)
                .param("asset", assetId)
                .query(Long.class)
                .optional();
    }

    /**
     * Books the asset as used; tells what became of its reservation before, empty when it has none or is booked
     * already.
     */
    Optional<ReservationState> use(String assetId) {
        lock.take();
        return jdbc.sql(LedgerSql.USE)
                .param("asset", assetId)
                .query((row, number) -> ReservationState.valueOf(row.getString(1)))
                .optional();
    }

    /** Releases a portion of the reservations that have expired by the database's clock; tells how many. */
    int expire(int limit) {
        lock.take();
        return jdbc.sql(LedgerSql.EXPIRE).param("limit", limit).query(Integer.class).single();
    }

    /** Corrects what the owner uses; answers false when that would be less than nothing or more than can be counted. */
    boolean adjust(String ownerId, String adjustmentId, long bytes, long assets, String note) {
        return jdbc.sql(LedgerSql.ADJUST)
                        .param("owner", ownerId)
                        .param("adjustment", adjustmentId)
                        .param("bytes", bytes)
                        .param("assets", assets)
                        .param("note", note)
                        .param("max_bytes", Limits.MAX_BYTES)
                        .param("max_assets", Limits.MAX_ASSETS)
                        .update()
                == 1;
    }

    /** Holds back everybody else who would change accounts. */
    void lock() {
        lock.take();
    }

    Optional<Reservation> reservation(String assetId) {
        return jdbc.sql(LedgerSql.RESERVATION)
                .param(assetId)
                .query(Ledger::reservation)
                .optional();
    }

    private static Reservation reservation(ResultSet row, int number) throws SQLException {
        return new Reservation(
                row.getString("asset_id"),
                row.getString("owner_id"),
                row.getString("saga_id"),
                row.getLong("bytes"),
                ReservationState.valueOf(row.getString("state")),
                row.getObject("expires_at", OffsetDateTime.class).toInstant());
    }
}
