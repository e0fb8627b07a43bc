package io.mediasaga.quota;

import io.mediasaga.web.ProblemException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What people change: limits and corrections. */
@Component
class QuotaWriter {

    private static final String SET_LIMITS = """
            INSERT INTO account (owner_id, limit_bytes, limit_assets) VALUES (:owner, :bytes, :assets)
            ON CONFLICT (owner_id) DO UPDATE
            SET limit_bytes = excluded.limit_bytes, limit_assets = excluded.limit_assets, updated_at = now()
            """;

    private static final String DROP_LIMITS =
            "UPDATE account SET limit_bytes = NULL, limit_assets = NULL, updated_at = now() WHERE owner_id = ?";

    private static final String FIND_ADJUSTMENT =
            "SELECT used_bytes, used_assets FROM ledger_entry WHERE owner_id = ? AND adjustment_id = ?";

    private final JdbcClient jdbc;
    private final Ledger ledger;

    QuotaWriter(JdbcClient jdbc, Ledger ledger) {
        this.jdbc = jdbc;
        this.ledger = ledger;
    }

    /** What an adjustment adds. */
    record Amounts(long bytes, long assets) {}

    /** Gives the owner limits of its own. Limits below what is in use only stop further reservations. */
    @Transactional
    void setLimits(String ownerId, Limits limits) {
        jdbc.sql(SET_LIMITS)
                .param("owner", ownerId)
                .param("bytes", limits.bytes())
                .param("assets", limits.assets())
                .update();
    }

    /** Lets the configured limits count again. */
    @Transactional
    void dropLimits(String ownerId) {
        jdbc.sql(DROP_LIMITS).param(ownerId).update();
    }

    /**
     * Corrects what the owner uses, once for each adjustment id.
     *
     * @throws ProblemException 409 when the id stands for another correction, 422 when usage would be negative or too
     * large
     */
    @Transactional
    void adjust(String ownerId, String adjustmentId, Amounts amounts, String note) {
        ledger.lock();
        Optional<Amounts> before = jdbc.sql(FIND_ADJUSTMENT)
                .params(ownerId, adjustmentId)
                .query((row, number) -> new Amounts(row.getLong(1), row.getLong(2)))
                .optional();
        if (before.isPresent()) {
            requireSame(adjustmentId, before.get(), amounts);
        } else if (!ledger.adjust(ownerId, adjustmentId, amounts.bytes(), amounts.assets(), note)) {
            throw new ProblemException(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "USAGE_OUT_OF_RANGE",
                    "The owner %s would use less than nothing, or more than can be counted".formatted(ownerId));
        }
    }

    private static void requireSame(String adjustmentId, Amounts before, Amounts now) {
        if (!before.equals(now)) {
            throw new ProblemException(
                    HttpStatus.CONFLICT,
                    "ADJUSTMENT_EXISTS",
                    "The adjustment %s has been made with %d bytes and %d assets; take another adjustment_id"
                            .formatted(adjustmentId, before.bytes(), before.assets()));
        }
    }
}
