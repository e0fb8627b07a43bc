package io.mediasaga.standalone.verify.audit;

import java.util.List;

/** Completed sagas have every effect once, compensated ones have none left. */
final class Effects {

    static final List<Rule> RULES = List.of(
            new Rule("a completed saga has its asset, published", """
                    SELECT r.saga_id FROM run r LEFT JOIN media.asset a
                      ON a.asset_id = r.asset_id AND a.saga_id = r.saga_id AND a.status = 'PUBLISHED'
                    WHERE r.status = 'COMPLETED' AND a.asset_id IS NULL"""),
            new Rule("a completed saga has one publication", """
                    SELECT r.saga_id FROM run r WHERE r.status = 'COMPLETED'
                      AND (SELECT count(*) FROM publish.publication p WHERE p.saga_id = r.saga_id) <> 1"""),
            new Rule("a completed saga has used its reservation", """
                    SELECT r.saga_id FROM run r LEFT JOIN quota.reservation q
                      ON q.saga_id = r.saga_id AND q.asset_id = r.asset_id AND q.state = 'USED'
                    WHERE r.status = 'COMPLETED' AND q.asset_id IS NULL"""),
            new Rule("a completed saga has one success for each of its commands and nothing undone", """
                    SELECT r.saga_id FROM run r LEFT JOIN effect e USING (saga_id) WHERE r.status = 'COMPLETED'
                    GROUP BY r.saga_id HAVING count(*) FILTER (WHERE e.status = 's' AND e.step IN (
                      SELECT wire FROM step WHERE command_topic IS NOT NULL AND undoes IS NULL)) <> (
                      SELECT count(*) FROM step WHERE command_topic IS NOT NULL AND undoes IS NULL)
                      OR count(*) <> (SELECT count(*) FROM step WHERE command_topic IS NOT NULL AND undoes IS NULL)"""),
            new Rule("a compensated saga has no asset but a failed one", """
                    SELECT r.saga_id FROM run r JOIN media.asset a USING (saga_id)
                    WHERE r.status = 'COMPENSATED' AND a.status <> 'FAILED'"""),
            new Rule("a compensated saga has no reservation but a released one", """
                    SELECT r.saga_id FROM run r JOIN quota.reservation q USING (saga_id)
                    WHERE r.status = 'COMPENSATED' AND q.state <> 'RELEASED'"""),
            new Rule("a compensated saga has no publication", """
                    SELECT r.saga_id FROM run r JOIN publish.publication USING (saga_id) WHERE r.status = 'COMPENSATED'"""),
            new Rule("whatever may have happened in a compensated saga was undone", """
                    SELECT DISTINCT h.saga_id || ': ' || h.wire FROM attempt h JOIN run r USING (saga_id) JOIN step c ON c.undoes = h.wire
                    WHERE r.status = 'COMPENSATED' AND h.kind IN ('SUCCEEDED', 'TIMED_OUT', 'ABANDONED') AND NOT EXISTS (
                      SELECT FROM attempt u WHERE u.saga_id = h.saga_id AND u.wire = c.wire AND u.kind IN ('SUCCEEDED', 'SKIPPED'))"""),
            new Rule("no effect of a compensated saga stands", """
                    SELECT e.saga_id || ': ' || e.step FROM effect e JOIN run r USING (saga_id) JOIN step c ON c.undoes = e.step
                    WHERE r.status = 'COMPENSATED' AND e.status = 's'"""),
            new Rule("every undone step has its compensation's effect", """
                    SELECT e.saga_id || ': ' || e.step FROM effect e JOIN run r USING (saga_id) JOIN step c ON c.undoes = e.step
                    WHERE r.status = 'COMPENSATED' AND e.status = 't' AND NOT EXISTS (
                      SELECT FROM effect u WHERE u.saga_id = e.saga_id AND u.step = c.wire AND u.status = 's')"""),
            new Rule("nothing is there twice: asset, reservation, upload, publication", """
                    SELECT saga_id || ' ' || what FROM (
                      SELECT saga_id, 'asset' AS what FROM media.asset UNION ALL SELECT saga_id, 'reservation' FROM quota.reservation
                      UNION ALL SELECT saga_id, 'upload' FROM ingest.upload UNION ALL SELECT saga_id, 'publication' FROM publish.publication) t
                    GROUP BY saga_id, what HAVING count(*) > 1"""),
            new Rule("the ledger has each change of an asset once", """
                    SELECT l.asset_id || ' ' || l.kind FROM quota.ledger_entry l WHERE l.asset_id IS NOT NULL
                    GROUP BY l.asset_id, l.kind HAVING count(*) > 1"""),
            new Rule("the ledger of an asset ends where its saga ended", """
                    SELECT r.saga_id FROM run r LEFT JOIN (
                      SELECT asset_id, sum(reserved_assets) AS ra, sum(reserved_bytes) AS rb, sum(used_assets) AS ua
                      FROM quota.ledger_entry GROUP BY asset_id) l USING (asset_id)
                    WHERE r.ended_at IS NOT NULL AND (coalesce(l.ra, 0), coalesce(l.rb, 0), coalesce(l.ua, 0))
                      IS DISTINCT FROM (0, 0, CASE r.status WHEN 'COMPLETED' THEN 1 ELSE 0 END)"""),
            new Rule("every account is the sum of its ledger", """
                    SELECT a.owner_id FROM quota.account a LEFT JOIN (
                      SELECT owner_id, sum(reserved_bytes) AS rb, sum(reserved_assets) AS ra, sum(used_bytes) AS ub,
                             sum(used_assets) AS ua FROM quota.ledger_entry GROUP BY owner_id) l USING (owner_id)
                    WHERE (a.reserved_bytes, a.reserved_assets, a.used_bytes, a.used_assets)
                          IS DISTINCT FROM (coalesce(l.rb, 0), coalesce(l.ra, 0), coalesce(l.ub, 0), coalesce(l.ua, 0))"""),
            new Rule("every account is the sum of its reservations", """
                    SELECT a.owner_id FROM quota.account a LEFT JOIN (
                      SELECT owner_id, count(*) FILTER (WHERE state = 'HELD') AS ra, count(*) FILTER (WHERE state = 'USED') AS ua
                      FROM quota.reservation GROUP BY owner_id) q USING (owner_id)
                    WHERE (a.reserved_assets, a.used_assets) IS DISTINCT FROM (coalesce(q.ra, 0), coalesce(q.ua, 0))"""));

    private Effects() {}
}
