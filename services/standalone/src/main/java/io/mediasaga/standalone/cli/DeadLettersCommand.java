package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Looks at messages that nobody could handle, and sends them again. */
@Command(name = "dead-letters", mixinStandardHelpOptions = true, description = "Looks at messages that nobody could handle, and sends them again.")
final class DeadLettersCommand {

    private static final String PATH = "/api/dead-letters";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists dead letters, the newest first.")
    int list(
            @Option(names = "--saga", paramLabel = "ID", description = "of this saga") @Nullable String saga,
            @Option(names = "--topic", paramLabel = "TOPIC", description = "that had been on this topic") @Nullable String topic,
            @Option(names = "--limit", paramLabel = "N", description = "how many at most (default: ${DEFAULT-VALUE})",
                    defaultValue = "20") int limit,
            @Option(names = "--cursor", paramLabel = "C", description = "where the page before ended") @Nullable String cursor,
            @Mixin ClientOptions options) {
        String query = "?limit=" + limit + parameter("saga_id", saga) + parameter("original_topic", topic) + parameter("cursor", cursor);
        try (ApiClient api = options.connect()) {
            JsonNode page = api.get(PATH + query);
            if (options.json()) {
                options.print(page);
            } else {
                Pages.print(page, List.of("id", "original_topic", "type", "saga_id", "attempts", "died_at", "redriven_at", "last_error"));
            }
        }
        return ExitCode.OK;
    }

    private static String parameter(String name, @Nullable String value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a dead letter with its message, headers and errors.")
    int show(@Parameters(paramLabel = "ID", description = "the dead letter's id") String id, @Mixin ClientOptions options) {
        try (ApiClient api = options.connect()) {
            JsonNode letter = api.get(PATH + "/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
            if (options.json()) {
                options.print(letter);
            } else {
                Pages.printFields(letter, Terminal.standard());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "redrive", mixinStandardHelpOptions = true, description = "Sends dead letters again to where they had been.")
    int redrive(
            @Parameters(paramLabel = "ID", arity = "0..*", description = "the dead letters' ids") @Nullable List<Long> ids,
            @Option(names = "--saga", paramLabel = "ID", description = "those of this saga") @Nullable String saga,
            @Option(names = "--topic", paramLabel = "TOPIC", description = "those that had been on this topic") @Nullable String topic,
            @Option(names = "--rate", paramLabel = "N", description = "how many a second (default: ${DEFAULT-VALUE})",
                    defaultValue = "10") int rate,
            @Option(names = "--dry-run", description = "only say how many it would be") boolean dryRun,
            @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the audit log (default: ${DEFAULT-VALUE})",
                    defaultValue = "by hand") String reason,
            @Mixin ClientOptions options) {
        Map<String, Object> body = new HashMap<>(Map.of("rate", rate, "dry_run", dryRun, "reason", reason));
        Map<String, Object> filter = new HashMap<>();
        if (saga != null) {
            filter.put("saga_id", saga);
        }
        if (topic != null) {
            filter.put("original_topic", topic);
        }
        boolean byId = ids != null && !ids.isEmpty();
        if (byId == !filter.isEmpty()) {
            throw new UsageException("Name the dead letters to send again: either their ids, or --saga or --topic");
        }
        body.put(byId ? "ids" : "filter", byId ? ids : filter);
        try (ApiClient api = options.connect()) {
            JsonNode answer = api.post(PATH + "/redrive", body);
            if (options.json()) {
                options.print(answer);
            } else {
                Pages.printFields(answer, Terminal.standard());
            }
        }
        return ExitCode.OK;
    }
}
