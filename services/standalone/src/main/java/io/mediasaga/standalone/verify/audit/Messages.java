package io.mediasaga.standalone.verify.audit;

import java.util.List;

/** Every message that was written is on its topic, in the order in which it was written, and none is there besides. */
final class Messages {

    static final List<Rule> RULES = List.of(
            new Rule("every message that was written and sent is on its topic", """
                    SELECT s.key || ': ' || s.topic || ' ' || s.message_id FROM sent s
                    LEFT JOIN first_seen f USING (topic, message_id) WHERE f.message_id IS NULL"""),
            new Rule("every message on a topic was written by a service", """
                    SELECT f.key || ': ' || f.topic || ' ' || f.message_id FROM first_seen f
                    LEFT JOIN sent s USING (topic, message_id) WHERE s.message_id IS NULL"""),
            new Rule("every effect was told", """
                    SELECT e.saga_id || ': ' || e.step FROM effect e JOIN step s ON s.wire = e.step
                    WHERE e.status IN ('s', 'f') AND NOT EXISTS (
                      SELECT FROM record r WHERE r.saga_id = e.saga_id AND r.step = e.step
                        AND (r.topic, r.type) IN ((s.success_topic, s.success_type), (s.failure_topic, s.failure_type)))"""),
            new Rule("the messages of each topic and key came first in the order in which they were written", """
                    SELECT DISTINCT key || ': ' || topic FROM (
                      SELECT s.key, s.topic, f.pos, max(f.pos) OVER (PARTITION BY s.service, s.topic, s.key ORDER BY s.id
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier
                      FROM sent s JOIN first_seen f USING (topic, message_id)) placed
                    WHERE pos < earlier"""));

    private Messages() {}
}
