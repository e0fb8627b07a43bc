package io.mediasaga.standalone.verify.audit;

import java.util.ArrayList;
import java.util.List;

/** Nothing is left that was only for the way. */
final class Leftovers {

    private static final List<Rule> OF_SAGAS = List.of(
            new Rule("no ended saga has a timer", """
                    SELECT saga_id FROM orchestrator.timer t
                    WHERE NOT EXISTS (SELECT FROM run r WHERE r.saga_id = t.saga_id AND r.ended_at IS NULL)"""),
            new Rule("no message is a dead letter that was not made to be one", """
                    SELECT coalesce(d.saga_id, '?') || ': ' || coalesce(d.step, d.type, d.topic) || ', ' || coalesce(d.last_error, '')
                    FROM orchestrator.dead_letter d WHERE NOT EXISTS (
                      SELECT FROM dying x WHERE x.saga_id = d.saga_id AND x.step = d.step)"""),
            new Rule("no effect is half done", "SELECT saga_id || ': ' || step FROM effect WHERE status = 'p'"),
            new Rule("every upload of an ended saga is over, its files noted as gone", """
                    SELECT r.saga_id FROM run r JOIN ingest.upload u USING (saga_id)
                    WHERE r.ended_at IS NOT NULL AND NOT (u.status = 'CLEANED' AND u.files_due_at IS NULL AND u.next_notice_at IS NULL)"""),
            new Rule("no files of publishing are still to be deleted", "SELECT saga_id FROM publish.leftover"),
            new Rule("no files of processing are still to be deleted", """
                    SELECT saga_id FROM processing.job WHERE cleanup_at IS NOT NULL"""),
            new Rule("no file is in the store but what is published, or belongs to a saga that is held", """
                    -- What is published at once is in a folder that is named by the saga and ~0.
                    SELECT f.path FROM stored_file f
                    CROSS JOIN LATERAL (SELECT regexp_replace(split_part(f.path, '/', 2), '~0$', '') AS id) named
                    WHERE NOT EXISTS (
                        SELECT FROM publish.publication p WHERE p.saga_id = named.id AND starts_with(f.path, p.prefix || '/'))
                      AND NOT EXISTS (SELECT FROM run r WHERE r.status = 'HELD' AND r.saga_id = named.id)
                      AND NOT EXISTS (SELECT FROM run r JOIN ingest.upload u USING (saga_id)
                                      WHERE r.status = 'HELD' AND u.upload_id = named.id)"""),
            new Rule("every publication has its file", """
                    SELECT p.saga_id FROM publish.publication p
                    WHERE NOT EXISTS (SELECT FROM stored_file f WHERE f.path = p.prefix || '/' || p.entry)"""),
            new Rule("no work file is left", "SELECT path FROM work_file WHERE path NOT LIKE 'worker-%/lock'"),
            new Rule("no message waits to be consumed", "SELECT consumer_group || ' ' || topic || ': ' || lag FROM lag"));

    private Leftovers() {}

    static List<Rule> rules(List<String> services) {
        List<Rule> rules = new ArrayList<>(OF_SAGAS);
        for (String service : services) {
            rules.add(new Rule("no message of " + service + " is unsent",
                    "SELECT topic || ' ' || key FROM %s.outbox".formatted(service)));
            rules.add(new Rule("no message of " + service + " waits to be tried again",
                    "SELECT topic || ' ' || key || ', ' || coalesce(last_error, '') FROM %s.retry".formatted(service)));
            rules.add(new Rule("no work of " + service + " is pending",
                    "SELECT saga_id || ': ' || step FROM %s.work".formatted(service)));
        }
        return rules;
    }
}
