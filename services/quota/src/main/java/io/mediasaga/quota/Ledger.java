package io.mediasaga.quota;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes accounts. Each change is one statement that moves reservations, accounts and the ledger together;
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

    /** Room that is asked for. */
    record Asked(String sagaId, String assetId, String ownerId, long bytes, @Nullable Instant deadline) {}

    /**
     * Decides in their order, as if each came alone, and reserves what fits.
     *
     * @return one decision for each
     */
    List<Decision> reserve(List<Asked> asked) {
        lock.take();
        var room = new Room();
        List<Asked> fitting = new ArrayList<>();
        List<Room.Standing> standing = look(asked);
        List<Decision> decisions = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            Decision decision = room.decide(asked.get(i), standing.get(i));
            decisions.add(decision);
            if (decision instanceof Decision.Reserved) {
                fitting.add(asked.get(i));
            }
        }
        Map<String, Instant> expiries = fitting.isEmpty() ? Map.of() : book(fitting);
        return decisions.stream().map(decision -> decision.lasting(expiries)).toList();
    }

    private List<Room.Standing> look(List<Asked> asked) {
        return jdbc.sql(LedgerSql.LOOK)
                .param("assets", texts(asked, Asked::assetId))
                .param("owners", texts(asked, Asked::ownerId))
                .param("default_bytes", properties.defaultLimitBytes())
                .param("default_assets", properties.defaultLimitAssets())
                .query((row, number) -> new Room.Standing(
                        new Room.Balance(
                                row.getLong("limit_bytes"),
                                row.getLong("limit_assets"),
                                row.getLong("taken_bytes"),
                                row.getLong("taken_assets")),
                        row.getString("asset_id") == null ? null : reservation(row, number)))
                .list();
    }

    /** Until when the reservation of each asset lasts. */
    private Map<String, Instant> book(List<Asked> fitting) {
        var expiries = new HashMap<String, Instant>();
        jdbc.sql(LedgerSql.RESERVE)
                .param("assets", texts(fitting, Asked::assetId))
                .param("owners", texts(fitting, Asked::ownerId))
                .param("sagas", texts(fitting, Asked::sagaId))
                .param("bytes", fitting.stream().map(Asked::bytes).toArray(Long[]::new))
                .param("deadlines", texts(fitting, a -> a.deadline() == null ? null : a.deadline().toString()))
                .param("lease", properties.lease().toSeconds())
                .param("grace", properties.grace().toSeconds())
                .param("max_lease", properties.maxLease().toSeconds())
                .query(row -> {
                    expiries.put(row.getString("asset_id"), instant(row));
                });
        return expiries;
    }

    private static @Nullable String[] texts(List<Asked> asked, Function<Asked, @Nullable String> text) {
        return asked.stream().map(text).toArray(String[]::new);
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
     * Books the assets as used; tells what became of their reservations before, without those that have none or are booked
     * already.
     */
    Map<String, ReservationState> use(Collection<String> assetIds) {
        lock.take();
        var before = new HashMap<String, ReservationState>();
        jdbc.sql(LedgerSql.USE).param("assets", assetIds.toArray(String[]::new)).query(row -> {
            before.put(row.getString("asset_id"), ReservationState.valueOf(row.getString("state")));
        });
        return before;
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
                instant(row));
    }

    private static Instant instant(ResultSet row) throws SQLException {
        return row.getObject("expires_at", OffsetDateTime.class).toInstant();
    }
}
