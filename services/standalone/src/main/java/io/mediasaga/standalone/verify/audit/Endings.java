package io.mediasaga.standalone.verify.audit;

import java.util.List;

/** Every saga ended in exactly one way. */
final class Endings {

    static final List<Rule> RULES = List.of(
            new Rule("every accepted saga is there", """
                    SELECT saga_id FROM expected e WHERE accepted AND NOT EXISTS (SELECT FROM run r WHERE r.saga_id = e.saga_id)"""),
            new Rule("no saga is there that nobody started", """
                    SELECT saga_id FROM run r WHERE NOT EXISTS (SELECT FROM expected e WHERE e.saga_id = r.saga_id)"""),
            new Rule("every saga has ended, or waits for a person where the definition says so", """
                    SELECT r.saga_id || ' is ' || r.status || ' at ' || coalesce(r.step, '-') FROM run r LEFT JOIN expected e USING (saga_id)
                    WHERE NOT (r.status IN ('COMPLETED', 'COMPENSATED') OR (r.status = 'HELD' AND coalesce(e.may_hold, false)))"""),
            new Rule("an ended saga says the same everywhere", """
                    SELECT saga_id FROM run WHERE status <> state_status OR (ended_at IS NOT NULL) <> (status IN ('COMPLETED', 'COMPENSATED'))"""),
            new Rule("what was made to fail for good is not completed", """
                    SELECT saga_id FROM run JOIN expected USING (saga_id) WHERE must_fail AND status = 'COMPLETED'"""),
            new Rule("the end was told by one message, on the topic of its kind", """
                    SELECT r.saga_id || ': ' || coalesce(e.told, 'nothing') FROM run r LEFT JOIN (
                      SELECT saga_id, string_agg(DISTINCT topic || ' ' || message_id, ', ') AS told,
                             count(DISTINCT message_id) AS messages, min(topic) AS topic
                      FROM record WHERE topic IN ('events.saga.completed', 'events.saga.compensated') GROUP BY saga_id) e USING (saga_id)
                    WHERE (r.ended_at IS NULL AND e.messages > 0)
                       OR (r.ended_at IS NOT NULL
                           AND (e.messages, e.topic) IS DISTINCT FROM (1, 'events.saga.' || lower(r.status)))"""),
            new Rule("the history has one beginning and one end, the one that the saga has", """
                    SELECT r.saga_id FROM run r LEFT JOIN (
                      SELECT saga_id, count(*) FILTER (WHERE kind = 'SAGA_STARTED') AS begun,
                             count(*) FILTER (WHERE kind IN ('SAGA_COMPLETED', 'SAGA_COMPENSATED')) AS ended,
                             min(kind) FILTER (WHERE kind IN ('SAGA_COMPLETED', 'SAGA_COMPENSATED')) AS how
                      FROM history GROUP BY saga_id) h USING (saga_id)
                    WHERE (h.begun, h.ended, h.how) IS DISTINCT FROM (1,
                      CASE WHEN r.ended_at IS NULL THEN 0 ELSE 1 END, CASE WHEN r.ended_at IS NULL THEN NULL ELSE 'SAGA_' || r.status END)"""),
            new Rule("nothing but late replies comes after the end", """
                    SELECT h.saga_id || ': ' || h.kind || ' ' || coalesce(h.step, '') FROM history h JOIN (
                      SELECT saga_id, min(id) AS id FROM history WHERE kind IN ('SAGA_COMPLETED', 'SAGA_COMPENSATED') GROUP BY saga_id) e
                      ON e.saga_id = h.saga_id AND h.id > e.id
                    WHERE h.kind <> 'REPLY_LATE'"""));

    private Endings() {}
}
