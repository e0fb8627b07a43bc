package io.mediasaga.standalone.verify.audit;

import java.util.List;

/** Only what counts was obeyed: every turn of a saga follows from messages that are really on the topics. */
final class Replies {

    private static final String OVER = "('FAILED', 'TIMED_OUT', 'ABANDONED')";

    static final List<Rule> RULES = List.of(
            new Rule("no attempt is over twice", """
                    SELECT saga_id || ': ' || coalesce(compensation, step) || ' ' || attempt FROM history
                    WHERE kind IN %s GROUP BY saga_id, step, compensation, attempt HAVING count(*) > 1""".formatted(OVER)),
            new Rule("no step succeeds twice, and none is tried again after its success", """
                    SELECT s.saga_id || ': ' || coalesce(s.compensation, s.step) FROM history s JOIN history h
                      ON h.saga_id = s.saga_id AND h.step = s.step AND h.compensation IS NOT DISTINCT FROM s.compensation AND h.id > s.id
                    WHERE s.kind = 'SUCCEEDED' AND h.kind IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABANDONED')"""),
            new Rule("a saga that has turned back goes no step forward", """
                    SELECT h.saga_id || ': ' || h.step FROM history h JOIN (
                      SELECT saga_id, min(id) AS id FROM history WHERE kind = 'COMPENSATION_STARTED' GROUP BY saga_id) t
                      ON t.saga_id = h.saga_id AND h.id > t.id
                    WHERE h.compensation IS NULL AND h.kind IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'SAGA_COMPLETED')"""),
            new Rule("every success that was obeyed was told by the step's participant", """
                    SELECT h.saga_id || ': ' || h.wire FROM attempt h WHERE h.kind = 'SUCCEEDED' AND NOT EXISTS (
                      SELECT FROM record r WHERE r.saga_id = h.saga_id AND r.topic = h.success_topic AND r.type = h.success_type
                        AND r.step = h.wire)"""),
            new Rule("every failure that was obeyed was told for that very attempt", """
                    SELECT h.saga_id || ': ' || h.wire || ' ' || h.attempt FROM attempt h WHERE h.kind = 'FAILED' AND NOT EXISTS (
                      SELECT FROM record r WHERE r.saga_id = h.saga_id AND r.topic = h.failure_topic AND r.type = h.failure_type
                        AND r.step = h.wire AND coalesce(r.attempt, h.attempt) = h.attempt)"""),
            new Rule("every attempt that is over was asked for by a command", """
                    SELECT h.saga_id || ': ' || h.wire || ' ' || h.attempt FROM attempt h
                    WHERE h.command_topic IS NOT NULL AND h.kind IN ('SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABANDONED') AND NOT EXISTS (
                      SELECT FROM record r WHERE r.saga_id = h.saga_id AND r.topic = h.command_topic AND r.step = h.wire
                        AND coalesce(r.attempt, 1) = h.attempt)"""),
            new Rule("every success of a step tells the same", """
                    SELECT r.saga_id || ': ' || r.step FROM record r JOIN step s
                      ON r.topic = s.success_topic AND r.type = s.success_type AND r.step = s.wire
                    GROUP BY r.saga_id, r.step HAVING count(DISTINCT r.payload) > 1"""));

    private Replies() {}
}
