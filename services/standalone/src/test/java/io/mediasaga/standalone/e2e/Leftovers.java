package io.mediasaga.standalone.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Looks for whatever is left of sagas that have ended: in the tables of all services, in the folders, under the public
 * addresses, in Kafka. It asks no service about itself but for the quota's audit. There must be no other saga under way.
 */
public final class Leftovers {

    private final Place place;
    private final Commands kafka;

    Leftovers(Place place) {
        this.place = place;
        this.kafka = new Commands(place.kafka());
    }

    /** What is left of a saga that was undone. */
    List<String> ofCompensated(Place.Begun begun) throws Exception {
        Map<String, String> rules = everywhere();
        rules.put("the saga is COMPENSATED", "SELECT count(*) FROM orchestrator.saga WHERE id = ? AND status <> 'COMPENSATED'");
        rules.put("its asset is FAILED or not there", "SELECT count(*) FROM media.asset WHERE saga_id = ? AND status <> 'FAILED'");
        rules.put("its reservation is over", """
                SELECT count(*) FROM quota.reservation WHERE saga_id = ? AND state NOT IN ('RELEASED', 'EXPIRED')""");
        rules.put("its ledger entries add up to nothing", """
                SELECT count(*) FROM (SELECT FROM quota.ledger_entry WHERE saga_id = ? GROUP BY asset_id
                  HAVING (sum(reserved_bytes), sum(reserved_assets), sum(used_bytes), sum(used_assets)) <> (0, 0, 0, 0)) wrong""");
        rules.put("its publication is gone", "SELECT count(*) FROM publish.publication WHERE saga_id = ?");
        List<String> found = broken(rules, begun.sagaId());
        if (!ofAnother(begun)) {
            found.addAll(reachable(begun));
        }
        return found;
    }

    /** The asset's id was taken already: its address belongs to whoever has it. */
    private boolean ofAnother(Place.Begun begun) throws SQLException {
        try (Connection database = place.database()) {
            return count(database, "SELECT count(*) FROM publish.publication WHERE asset_id = '%s' AND saga_id <> ?"
                    .formatted(begun.assetId()), begun.sagaId()) > 0;
        }
    }

    /** What is there beside the published asset, or missing of it. */
    List<String> ofCompleted(Place.Begun begun) throws Exception {
        Map<String, String> rules = everywhere();
        rules.put("the saga is COMPLETED", "SELECT count(*) FROM orchestrator.saga WHERE id = ? AND status <> 'COMPLETED'");
        rules.put("its asset is PUBLISHED", """
                SELECT 1 - count(*) FROM media.asset WHERE saga_id = ? AND status = 'PUBLISHED'""");
        rules.put("its reservation is used", "SELECT 1 - count(*) FROM quota.reservation WHERE saga_id = ? AND state = 'USED'");
        rules.put("its publication is there", "SELECT 1 - count(*) FROM publish.publication WHERE saga_id = ?");
        List<String> found = broken(rules, begun.sagaId());
        if (reachable(begun).isEmpty()) {
            found.add("its public address answers nothing");
        }
        return found;
    }

    private static Map<String, String> everywhere() {
        Map<String, String> rules = new LinkedHashMap<>();
        for (String service : Place.SERVICES) {
            for (String table : List.of("outbox", "retry", "work")) {
                rules.put(service + "." + table + " is empty", "SELECT count(*) FROM %s.%s".formatted(service, table));
            }
            rules.put("no effect of " + service + " is pending", "SELECT count(*) FROM %s.effect WHERE status = 'p'".formatted(service));
        }
        rules.put("the saga has no timer", "SELECT count(*) FROM orchestrator.timer WHERE saga_id = ?");
        rules.put("no reservation is held", "SELECT count(*) FROM quota.reservation WHERE state = 'HELD'");
        rules.put("no account has anything reserved", "SELECT count(*) FROM quota.account WHERE reserved_bytes + reserved_assets <> 0");
        rules.put("every upload is over and clean", """
                SELECT count(*) FROM ingest.upload WHERE status <> 'CLEANED' OR files_due_at IS NOT NULL""");
        rules.put("publish has nothing to clear away", "SELECT count(*) FROM publish.leftover WHERE delete_at <= now()");
        return rules;
    }

    private List<String> broken(Map<String, String> rules, String sagaId) throws Exception {
        List<String> found = new ArrayList<>();
        kafka.lag(Place.SERVICES).forEach((what, lag) -> found.add("not taken from Kafka: " + what + ": " + lag));
        try (Connection database = place.database()) {
            for (Map.Entry<String, String> rule : rules.entrySet()) {
                long violations = count(database, rule.getValue(), sagaId);
                if (violations != 0) {
                    found.add("not so: " + rule.getKey() + " (" + violations + ")");
                }
            }
            found.addAll(files(database));
        }
        JsonNode audit = place.calls().get("/api/quotas/audit").json();
        if (!audit.path("balanced").asBoolean(false)) {
            found.add("the quota's audit: " + audit);
        }
        return found;
    }

    private static long count(Connection database, String sql, String sagaId) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(sql)) {
            if (sql.contains("?")) {
                statement.setString(1, sagaId);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Files and folders that belong to nothing published. */
    private List<String> files(Connection database) throws SQLException, IOException {
        Set<String> published = new TreeSet<>();
        try (var statement = database.createStatement();
                var rows = statement.executeQuery("SELECT prefix FROM publish.publication")) {
            while (rows.next()) {
                published.add(rows.getString(1));
            }
        }
        List<String> found = new ArrayList<>();
        place.stored().stream()
                .filter(path -> published.stream().noneMatch(kept -> kept.startsWith(path) || path.startsWith(kept + "/")))
                .forEach(path -> found.add("left in the store: " + path));
        Path work = place.data().resolve("work/processing");
        below(work).map(path -> work.relativize(path).toString())
                .filter(path -> !path.matches("worker-[^/]+(/lock)?"))
                .forEach(path -> found.add("left in the working folder: " + path));
        return found;
    }

    /** What goes while it is looked at is not there. */
    public static Stream<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (!directory.equals(folder)) {
                    found.add(directory);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                return gone(failure);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                return failure == null ? FileVisitResult.CONTINUE : gone(failure);
            }

            private FileVisitResult gone(IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
        return found.stream();
    }

    private List<String> reachable(Place.Begun begun) throws Exception {
        List<String> found = new ArrayList<>();
        Set<String> addresses = new TreeSet<>(List.of("/media/" + begun.assetId() + "/"));
        JsonNode data = place.saga(begun).path("data");
        for (String field : List.of("public_path", "watch_path", "poster_path")) {
            String address = data.path(field).asString("");
            if (!address.isEmpty()) {
                addresses.add(address);
            }
        }
        for (String address : addresses) {
            int status = place.calls().get(address).status();
            if (status != 404) {
                found.add("reachable: " + address + " answers " + status);
            }
        }
        return found;
    }
}
