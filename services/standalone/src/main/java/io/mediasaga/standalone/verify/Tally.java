package io.mediasaga.standalone.verify;

import io.mediasaga.messaging.chaos.StepFault;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what happened to the sagas of a run, from the databases. */
final class Tally {

    private static final List<String> SERVICES = List.of("orchestrator", "media", "quota", "ingest", "processing", "publish");

    private final Connection database;
    private final Plan plan;
    private final Map<String, SagaPlan> sagas = new HashMap<>();

    Tally(Connection database, Plan plan, Set<Integer> started) {
        this.database = database;
        this.plan = plan;
        for (int number : started) {
            SagaPlan saga = plan.saga(number);
            sagas.put(saga.id(), saga);
        }
    }

    Map<String, Long> endings() throws SQLException {
        Map<String, Long> endings = new TreeMap<>();
        query("SELECT status, count(*) FROM orchestrator.saga GROUP BY status", row -> endings.put(row.getString(1), row.getLong(2)));
        return endings;
    }

    long turnedBack() throws SQLException {
        long[] count = {0};
        query("SELECT id FROM orchestrator.saga WHERE status = 'COMPENSATED'", row -> {
            SagaPlan saga = sagas.get(row.getString(1));
            if (saga != null && !saga.mustFail() && !saga.isCancelled()) {
                count[0]++;
            }
        });
        return count[0];
    }

    /** Sagas that are held, have not ended, or have a message among the dead letters. */
    long needsPerson() throws SQLException {
        Set<String> found = new HashSet<>();
        query("""
                SELECT id FROM orchestrator.saga WHERE ended_at IS NULL
                UNION SELECT saga_id FROM orchestrator.dead_letter WHERE saga_id IS NOT NULL""", row -> found.add(row.getString(1)));
        found.retainAll(sagas.keySet());
        return found.size();
    }

    /** What was made to go wrong, as far as it can be known from what was written. */
    Map<String, Long> faults(Progress progress) throws SQLException {
        Map<String, Long> faults = new LinkedHashMap<>();
        faults.put("steps_failed", steps());
        long[] sends = new long[2];
        for (String service : SERVICES) {
            query("SELECT DISTINCT topic, key, id FROM %1$s.outbox_kept UNION SELECT topic, key, id FROM %1$s.outbox".formatted(service), row -> {
                if (plan.chaos().drops(row.getString(1), row.getString(2))) {
                    sends[0]++;
                } else if (plan.chaos().holdsBack(row.getString(1), row.getString(2)).isPositive()) {
                    sends[1]++;
                }
            });
        }
        faults.put("sends_dropped", sends[0]);
        faults.put("messages_delayed", sends[1]);
        faults.put("messages_copied", progress.copiesSoFar());
        for (FaultKind kind : FaultKind.values()) {
            long count = progress.carriedOut().stream().filter(injection -> injection.kind() == kind).count();
            if (count > 0) {
                faults.put(kind.word(), count);
            }
        }
        return faults;
    }

    /** Failing steps that were reached, and other messages whose handler threw once. */
    private long steps() throws SQLException {
        long[] count = {0};
        for (String service : SERVICES) {
            query("""
                    SELECT DISTINCT e ->> 'saga_id', e ->> 'step', e ->> 'type', topic LIKE 'commands.%%' AND e ->> 'compensates' IS NULL
                    FROM (SELECT topic, convert_from(value, 'UTF8')::jsonb AS e FROM %s.outbox_kept
                          WHERE topic NOT LIKE 'deadletters.%%') sent""".formatted(service), row -> {
                boolean struck = row.getBoolean(4)
                        ? plan.chaos().fault(row.getString(1), row.getString(2)) != StepFault.NONE
                        : plan.chaos().throwsOnce(row.getString(1), row.getString(3));
                count[0] += struck ? 1 : 0;
            });
        }
        return count[0];
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Row each) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                each.read(rows);
            }
        }
    }
}
