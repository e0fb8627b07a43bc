package io.mediasaga.standalone.verify;

import io.mediasaga.standalone.verify.audit.Finding;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Tells a result to people or to programs. */
final class VerifyReport {

    private VerifyReport() {}

    static void text(VerifyResult result, PrintWriter out) {
        line(out, "");
        line(out, "%d sagas accepted in %.0f s (%.1f/s), seed %d", result.accepted(), result.seconds(),
                result.accepted() / Math.max(result.seconds(), 1), result.seed());
        line(out, "  ended          %s", result.endings());
        line(out, "  turned back    %d sagas that nothing was to fail for good: a fault lasted longer than their patience",
                result.turnedBack());
        line(out, "  faults         %d: %s", result.faultsInAll(), result.faults());
        line(out, "  for a person   %d sagas, %.1f for each 10,000 faults", result.needsPerson(), result.needsPersonPer10000());
        line(out, "  audit          %d rules looked at", result.findings().size());
        for (Finding finding : result.violated()) {
            line(out, "    VIOLATED %d times: %s", finding.violations(), finding.rule());
            finding.examples().forEach(example -> line(out, "      %s", example));
        }
        line(out, result.holds() ? "  Nothing lost, nothing twice, nothing left." : "  THE AUDIT FAILED.");
        out.flush();
    }

    private static void line(PrintWriter out, String text, Object... values) {
        out.println(String.format(Locale.ROOT, text, values));
    }

    static void json(Map<String, Object> fields, PrintWriter out) {
        out.println(JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValueAsString(fields));
        out.flush();
    }

    static Map<String, Object> fields(VerifyResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seed", result.seed());
        fields.put("seconds", result.seconds());
        fields.put("accepted", result.accepted());
        fields.put("endings", result.endings());
        fields.put("turned_back", result.turnedBack());
        fields.put("faults", result.faults());
        fields.put("faults_in_all", result.faultsInAll());
        fields.put("sagas_for_a_person", result.needsPerson());
        fields.put("sagas_for_a_person_per_10000_faults", result.needsPersonPer10000());
        fields.put("schedule", schedule(result.schedule()));
        fields.put("audit", Map.of("holds", result.holds(), "findings", result.findings()));
        return fields;
    }

    private static List<Map<String, Object>> schedule(List<Injection> schedule) {
        return schedule.stream()
                .map(injection -> Map.<String, Object>of(
                        "at_saga", injection.atSaga(),
                        "fault", injection.kind().word(),
                        "process", injection.target(),
                        "away_ms", injection.away().toMillis()))
                .toList();
    }
}
