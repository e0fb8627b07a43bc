package io.mediasaga.orchestrator.console.many;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.messaging.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** How PostgreSQL carried out the statements of the orchestrator: auto_explain writes each plan into its log. */
final class Plans {

    private static final Pattern ENTRY = Pattern.compile("(?m)^(?=\\d{4}-\\d\\d-\\d\\d )");
    private static final String BEGINS = "plan:\n";

    private final Path log;
    private long read;

    private Plans(Path log) {
        this.log = log;
    }

    /** To be called before the orchestrator connects. */
    static Plans of(TestDatabase database) {
        try (Connection connection = database.superuser(); Statement statement = connection.createStatement()) {
            for (String setting : List.of(
                    "session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on", "auto_explain.log_timing = off", "auto_explain.log_format = json")) {
                statement.execute("ALTER ROLE orchestrator IN DATABASE " + database.name() + " SET " + setting);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Path data = Path.of(EmbeddedServers.shared().postgres().show("data_directory"));
        return new Plans(data.resolveSibling("postgres.log"));
    }

    /** One statement that was carried out. */
    record Plan(String query, JsonNode root) {

        /** A table, or an index of it, that was read. */
        record Scan(String kind, String table, long rows) {}

        /** What was read for it: rows that were passed on, and rows that were looked at in vain. */
        List<Scan> scans() {
            List<Scan> scans = new ArrayList<>();
            collect(root, scans);
            return scans;
        }

        private static void collect(JsonNode node, List<Scan> scans) {
            String kind = node.path("Node Type").asString("");
            if (node.has("Relation Name") && kind.contains("Scan")) {
                double each = node.path("Actual Rows").asDouble(0) + node.path("Rows Removed by Filter").asDouble(0)
                        + node.path("Rows Removed by Index Recheck").asDouble(0);
                long loops = node.path("Actual Loops").asLong(1);
                scans.add(new Scan(kind, node.path("Relation Name").asString(""), Math.round(each * loops)));
            }
            node.path("Plans").forEach(child -> collect(child, scans));
        }

        long rows() {
            return scans().stream().mapToLong(Scan::rows).sum();
        }

        @Override
        public String toString() {
            return query.replaceAll("\\s+", " ") + " " + scans();
        }
    }

    /** What has been carried out since the last call. */
    List<Plan> next() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] fresh = new byte[(int) (file.length() - read)];
            file.seek(read);
            file.readFully(fresh);
            read += fresh.length;
            List<Plan> plans = new ArrayList<>();
            for (String entry : ENTRY.split(new String(fresh, StandardCharsets.UTF_8))) {
                int begin = entry.indexOf(BEGINS);
                if (begin >= 0 && entry.stripTrailing().endsWith("}")) {
                    JsonNode plan = Json.mapper().readTree(entry.substring(begin + BEGINS.length()));
                    plans.add(new Plan(plan.path("Query Text").asString(""), plan.path("Plan")));
                }
            }
            return plans;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
