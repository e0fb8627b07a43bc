package io.mediasaga.quota;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Proves, in one statement and so at one moment, that every account is the sum of its ledger, and that the ledger is
 * what the reservations and adjustments say.
 */
@Component
class Audit {

    static final int MAX_DIFFERENCES = 100;

    private static final String COMPARE = """
            WITH ledger AS (
                SELECT owner_id, count(*) AS entries, sum(reserved_bytes) AS rb, sum(reserved_assets) AS ra,
                    sum(used_bytes) AS ub, sum(used_assets) AS ua,
                    coalesce(sum(used_bytes) FILTER (WHERE kind = 'ADJUST'), 0) AS adjusted_bytes,
                    coalesce(sum(used_assets) FILTER (WHERE kind = 'ADJUST'), 0) AS adjusted_assets
                FROM ledger_entry GROUP BY owner_id
            ), reservations AS (
                SELECT owner_id,
                    coalesce(sum(bytes) FILTER (WHERE state = 'HELD'), 0) AS rb, count(*) FILTER (WHERE state = 'HELD') AS ra,
                    coalesce(sum(bytes) FILTER (WHERE state = 'USED'), 0) AS ub, count(*) FILTER (WHERE state = 'USED') AS ua
                FROM reservation GROUP BY owner_id
            ), compared AS (
                SELECT owner_id, coalesce(l.entries, 0) AS entries,
                    coalesce(a.reserved_bytes, 0) AS account_reserved_bytes,
                    coalesce(a.reserved_assets, 0) AS account_reserved_assets,
                    coalesce(a.used_bytes, 0) AS account_used_bytes,
                    coalesce(a.used_assets, 0) AS account_used_assets,
                    coalesce(l.rb, 0) AS ledger_reserved_bytes,
                    coalesce(l.ra, 0) AS ledger_reserved_assets,
                    coalesce(l.ub, 0) AS ledger_used_bytes,
                    coalesce(l.ua, 0) AS ledger_used_assets,
                    coalesce(r.rb, 0) AS reservations_held_bytes,
                    coalesce(r.ra, 0) AS reservations_held_assets,
                    coalesce(r.ub, 0) + coalesce(l.adjusted_bytes, 0) AS reservations_used_bytes,
                    coalesce(r.ua, 0) + coalesce(l.adjusted_assets, 0) AS reservations_used_assets
                FROM account a FULL JOIN ledger l USING (owner_id) FULL JOIN reservations r USING (owner_id)
            ), totals AS (
                SELECT count(*) AS owners, coalesce(sum(entries), 0) AS all_entries FROM compared
            ), wrong AS (
                SELECT * FROM compared
                WHERE (account_reserved_bytes, account_reserved_assets, account_used_bytes, account_used_assets)
                        IS DISTINCT FROM
                        (ledger_reserved_bytes, ledger_reserved_assets, ledger_used_bytes, ledger_used_assets)
                    OR (account_reserved_bytes, account_reserved_assets, account_used_bytes, account_used_assets)
                        IS DISTINCT FROM
                        (reservations_held_bytes, reservations_held_assets, reservations_used_bytes, reservations_used_assets)
            )
            SELECT totals.*, (SELECT count(*) FROM wrong) AS wrong_owners, wrong.*
            FROM totals LEFT JOIN (SELECT * FROM wrong ORDER BY owner_id LIMIT %d) wrong ON true
            """.formatted(MAX_DIFFERENCES);

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What the audit found.
     *
     * @param balanced whether everything agrees
     * @param owners how many owners were looked at
     * @param entries how many entries of the ledger
     * @param wrongOwners how many owners do not balance
     * @param differences the first of them, with what account, ledger and reservations say
     */
    record Result(boolean balanced, long owners, long entries, long wrongOwners, List<Map<String, Object>> differences) {}

    Result run() {
        List<Map<String, Object>> rows = jdbc.sql(COMPARE).query().listOfRows();
        Map<String, Object> first = rows.getFirst();
        long wrongOwners = ((Number) first.get("wrong_owners")).longValue();
        List<Map<String, Object>> differences = wrongOwners == 0
                ? List.of()
                : rows.stream().map(Audit::difference).toList();
        return new Result(
                wrongOwners == 0,
                ((Number) first.get("owners")).longValue(),
                ((BigDecimal) first.get("all_entries")).longValue(),
                wrongOwners,
                differences);
    }

    private static Map<String, Object> difference(Map<String, Object> row) {
        Map<String, Object> difference = new LinkedHashMap<>(row);
        difference.keySet().removeAll(List.of("owners", "all_entries", "wrong_owners", "entries"));
        return difference;
    }
}
