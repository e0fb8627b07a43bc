package io.mediasaga.standalone.bench;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells a result to people or to programs. */
final class Report {

    private Report() {}

    static void text(Result result, PrintWriter out) {
        Window window = result.window();
        Percentiles latency = window.latency();
        Counters used = result.used();
        double n = Math.max(window.ended(), 1);
        line(out, "");
        line(out, "Publishing sagas, seven steps each: %s for %.0f s (%s)", result.load(), window.seconds(), result.durability());
        line(out, "  sagas/s        %.1f on average, %.1f in the worst 10 s", window.mean(), window.worst());
        line(out, "  end to end     p50 %.0f ms, p95 %.0f ms, p99 %.0f ms, longest %.0f ms",
                latency.p50(), latency.p95(), latency.p99(), latency.max());
        line(out, "  under way      %d at the end, growing by %.1f/s: %s", window.backlog(), window.growth(),
                result.sustained() ? "sustained" : "NOT sustained");
        line(out, "  per saga       %.2f commits, %.2f WAL syncs, %.1f SQL statements, %.1f KiB WAL, %.1f Kafka records",
                used.commits() / n, used.walSyncs() / n, used.statements() / n, used.walBytes() / n / 1024, used.records() / n);
        line(out, "                 CPU %.2f ms of this JVM (services, Kafka, load generator), %.2f ms of its compilers, %.2f ms of PostgreSQL",
                (used.jvmNanos() - used.compilerNanos()) / n / 1e6, used.compilerNanos() / n / 1e6, used.postgresNanos() / n / 1e6);
        if (result.refused() + result.failed() > 0) {
            line(out, "  refused        %d starts, for too much to do", result.refused());
            line(out, "  failed         %d requests; the last: %s", result.failed(), result.lastFailure());
        }
        line(out, "  audit          accepted %d, ended %d; %d rules looked at", result.accepted(), result.ended(),
                result.audit().size());
        List<Finding> wrong = result.audit().stream().filter(finding -> !finding.holds()).toList();
        wrong.forEach(finding -> line(out, "    VIOLATED %d times: %s", finding.violations(), finding.rule()));
        line(out, result.auditHolds() ? "  Nothing lost, nothing twice." : "  THE AUDIT FAILED.");
        out.flush();
    }

    private static void line(PrintWriter out, String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
    }

    static void json(Result result, PrintWriter out) {
        json(fields(result), out);
    }

    static void json(Map<String, Object> fields, PrintWriter out) {
        out.println(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(fields));
        out.flush();
    }

    private static Map<String, Object> fields(Result result) {
        Window window = result.window();
        double n = Math.max(window.ended(), 1);
        Counters used = result.used();
        Map<String, Object> perSaga = new LinkedHashMap<>();
        perSaga.put("commits", used.commits() / n);
        perSaga.put("wal_syncs", used.walSyncs() / n);
        perSaga.put("sql_statements", used.statements() / n);
        perSaga.put("wal_bytes", used.walBytes() / n);
        perSaga.put("kafka_records", used.records() / n);
        perSaga.put("jvm_cpu_ms", (used.jvmNanos() - used.compilerNanos()) / n / 1e6);
        perSaga.put("compiler_cpu_ms", used.compilerNanos() / n / 1e6);
        perSaga.put("postgres_cpu_ms", used.postgresNanos() / n / 1e6);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("load", result.load());
        fields.put("durability", result.durability());
        fields.put("seconds", window.seconds());
        fields.put("sagas_per_second", window.mean());
        fields.put("sagas_per_second_worst_10s", window.worst());
        fields.put("latency_ms", Map.of(
                "p50", window.latency().p50(), "p95", window.latency().p95(), "p99", window.latency().p99(),
                "max", window.latency().max()));
        fields.put("under_way_at_end", window.backlog());
        fields.put("under_way_growth_per_second", window.growth());
        fields.put("sustained", result.sustained());
        fields.put("per_saga", perSaga);
        fields.put("accepted", result.accepted());
        fields.put("ended", result.ended());
        fields.put("refused", result.refused());
        fields.put("failed", result.failed());
        fields.put("audit", Map.of("holds", result.auditHolds(), "findings", result.audit()));
        return fields;
    }
}
