package io.mediasaga.standalone.bench;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;

/** What has to hold after a run in which nothing was made to fail: each statement counts what violates its rule. */
final class AuditRules {

    static final List<Map.Entry<String, String>> ALL = List.of(
            entry("every accepted saga is there", """
                    SELECT count(*) FROM accepted a WHERE NOT EXISTS (SELECT FROM run r WHERE r.saga_id = a.saga_id)"""),
            entry("every saga has ended", "SELECT count(*) FROM run WHERE NOT ended"),
            entry("every saga is completed", "SELECT count(*) FROM run WHERE status <> 'COMPLETED'"),
            entry("every step succeeded once in the history", """
                    SELECT count(*) FROM run r WHERE (
                      SELECT count(*) FILTER (WHERE kind = 'SUCCEEDED') <> 7
                          OR count(DISTINCT step) FILTER (WHERE kind = 'SUCCEEDED') <> 7
                      FROM orchestrator.saga_history h WHERE h.saga_id = r.saga_id)"""),
            entry("no ended saga has a timer", """
                    SELECT count(*) FROM orchestrator.timer WHERE saga_id IN (SELECT saga_id FROM run WHERE ended)"""),
            entry("no message is a dead letter", "SELECT count(*) FROM orchestrator.dead_letter"),
            entry("every completed saga has its asset, published", """
                    SELECT count(*) FROM run r LEFT JOIN media.asset a
                      ON a.asset_id = r.asset_id AND a.saga_id = r.saga_id AND a.status = 'PUBLISHED'
                    WHERE r.status = 'COMPLETED' AND a.asset_id IS NULL"""),
            entry("no asset is there without its saga, or twice", """
                    SELECT (SELECT count(*) FROM media.asset a JOIN run r USING (saga_id)
                              WHERE a.status = 'PUBLISHED' AND r.status <> 'COMPLETED')
                         + (SELECT count(*) FROM (SELECT FROM media.asset WHERE saga_id IN (SELECT saga_id FROM run)
                              GROUP BY saga_id HAVING count(*) > 1) twice)"""),
            entry("every completed saga has one publication", """
                    SELECT count(*) FROM run r WHERE r.status = 'COMPLETED'
                      AND (SELECT count(*) FROM publish.publication p WHERE p.saga_id = r.saga_id) <> 1"""),
            entry("no publication is there without its saga", """
                    SELECT count(*) FROM publish.publication JOIN run r USING (saga_id) WHERE r.status <> 'COMPLETED'"""),
            entry("every completed saga has used its reservation", """
                    SELECT count(*) FROM run r LEFT JOIN quota.reservation q
                      ON q.saga_id = r.saga_id AND q.asset_id = r.asset_id AND q.state = 'USED'
                    WHERE r.status = 'COMPLETED' AND q.asset_id IS NULL"""),
            entry("the ledger has one reservation and one usage for each", """
                    SELECT count(*) FROM run r LEFT JOIN (
                      SELECT asset_id, count(*) FILTER (WHERE kind = 'RESERVE') AS reserved,
                             count(*) FILTER (WHERE kind = 'COMMIT') AS used, count(*) AS entries
                      FROM quota.ledger_entry WHERE asset_id IN (SELECT asset_id FROM run) GROUP BY asset_id) l ON l.asset_id = r.asset_id
                    WHERE r.status = 'COMPLETED' AND (l.reserved, l.used, l.entries) IS DISTINCT FROM (1, 1, 2)"""),
            entry("every account is the sum of its ledger", """
                    SELECT count(*) FROM quota.account a LEFT JOIN (
                      SELECT owner_id, sum(reserved_bytes) AS rb, sum(reserved_assets) AS ra, sum(used_bytes) AS ub,
                             sum(used_assets) AS ua FROM quota.ledger_entry GROUP BY owner_id) l USING (owner_id)
                    WHERE (a.reserved_bytes, a.reserved_assets, a.used_bytes, a.used_assets)
                          IS DISTINCT FROM (coalesce(l.rb, 0), coalesce(l.ra, 0), coalesce(l.ub, 0), coalesce(l.ua, 0))"""),
            entry("every command had one effect", """
                    SELECT count(*) FROM (
                      SELECT r.saga_id FROM run r LEFT JOIN (
                        SELECT saga_id, step, status FROM media.effect UNION ALL SELECT saga_id, step, status FROM quota.effect
                        UNION ALL SELECT saga_id, step, status FROM ingest.effect
                        UNION ALL SELECT saga_id, step, status FROM processing.effect
                        UNION ALL SELECT saga_id, step, status FROM publish.effect) e USING (saga_id)
                      WHERE r.status = 'COMPLETED' GROUP BY r.saga_id
                      HAVING count(*) FILTER (WHERE e.status = 's') <> 6 OR count(*) <> 6) wrong"""),
            entry("every upload is over and its temporary file noted as gone", """
                    SELECT count(*) FROM run r LEFT JOIN ingest.upload u
                      ON u.saga_id = r.saga_id AND u.status = 'CLEANED' AND u.files_due_at IS NULL
                    WHERE r.status = 'COMPLETED' AND u.upload_id IS NULL"""));

    private AuditRules() {}
}
