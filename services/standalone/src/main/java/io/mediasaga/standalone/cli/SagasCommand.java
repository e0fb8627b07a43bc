package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.SagaClient;
import io.mediasaga.standalone.client.SagaView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Looks at sagas and steers them. */
@Command(name = "sagas", mixinStandardHelpOptions = true, description = "Looks at sagas and steers them.")
final class SagasCommand {

    private static final String SAGA = "the saga's id";
    private static final String WHY = "why, for the audit log (default: ${DEFAULT-VALUE})";
    private static final String BY_HAND = "by hand";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists sagas, the newest first.")
    int list(
            @Option(names = "--state", paramLabel = "STATE",
                    description = "RUNNING, COMPENSATING, COMPLETED, COMPENSATED or HELD") @Nullable String state,
            @Option(names = "--step", paramLabel = "STEP", description = "at this step, as in ProcessMedia") @Nullable String step,
            @Option(names = "--key", paramLabel = "NAME=VALUE",
                    description = "with this search key, as in owner_id=me or request_id=…") @Nullable String key,
            @Option(names = "--limit", paramLabel = "N", description = "how many at most (default: ${DEFAULT-VALUE})",
                    defaultValue = "20") int limit,
            @Option(names = "--cursor", paramLabel = "C", description = "where the page before ended") @Nullable String cursor,
            @Mixin ClientOptions options) {
        List<String> query = new ArrayList<>();
        add(query, "state", state);
        add(query, "step", step);
        addKey(query, key);
        add(query, "limit", String.valueOf(limit));
        add(query, "cursor", cursor);
        try (ApiClient api = options.connect()) {
            JsonNode page = new SagaClient(api).list(String.join("&", query));
            if (options.json()) {
                options.print(page);
            } else {
                Pages.print(page, List.of("saga_id", "definition", "state", "step", "started_at", "reason"));
            }
        }
        return ExitCode.OK;
    }

    private static void addKey(List<String> query, @Nullable String key) {
        if (key == null) {
            return;
        }
        int equals = key.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--key is '%s'; it has to be NAME=VALUE, as in owner_id=me".formatted(key));
        }
        add(query, key.substring(0, equals), key.substring(equals + 1));
    }

    private static void add(List<String> query, String name, @Nullable String value) {
        if (value != null) {
            query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows a saga with its history.")
    int show(@Parameters(paramLabel = "SAGA", description = SAGA) String id, @Mixin ClientOptions options) {
        try (ApiClient api = options.connect()) {
            SagaClient sagas = new SagaClient(api);
            SagaView saga = sagas.get(id);
            JsonNode history = sagas.history(id);
            if (options.json()) {
                tools.jackson.databind.node.ObjectNode both = (tools.jackson.databind.node.ObjectNode) saga.json().deepCopy();
                both.set("history", Pages.items(history));
                options.print(both);
            } else {
                Terminal terminal = Terminal.standard();
                Pages.printFields(saga.json(), terminal);
                terminal.line("");
                Pages.print(history, List.of("at", "kind", "step", "compensation", "attempt", "millis", "detail"));
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "pause", mixinStandardHelpOptions = true, description = "Stops a saga's timers and its next step until it is resumed.")
    int pause(@Parameters(paramLabel = "SAGA", description = SAGA) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = WHY, defaultValue = BY_HAND) String reason,
            @Mixin ClientOptions options) {
        return operate(options, id, "pause", reason);
    }

    @Command(name = "resume", mixinStandardHelpOptions = true, description = "Lets a paused saga go on.")
    int resume(@Parameters(paramLabel = "SAGA", description = SAGA) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = WHY, defaultValue = BY_HAND) String reason,
            @Mixin ClientOptions options) {
        return operate(options, id, "resume", reason);
    }

    @Command(name = "retry", mixinStandardHelpOptions = true, description = "Makes a new attempt of the step that a saga is at or is held at.")
    int retry(@Parameters(paramLabel = "SAGA", description = SAGA) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = WHY, defaultValue = BY_HAND) String reason,
            @Mixin ClientOptions options) {
        return operate(options, id, "retry", reason);
    }

    @Command(name = "skip", mixinStandardHelpOptions = true, description = "Takes the step that a saga is at or is held at as done.")
    int skip(@Parameters(paramLabel = "SAGA", description = SAGA) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = WHY, defaultValue = BY_HAND) String reason,
            @Mixin ClientOptions options) {
        return operate(options, id, "skip", reason);
    }

    @Command(name = "cancel", mixinStandardHelpOptions = true, description = "Undoes what a saga has done, as long as it is before its pivot.")
    int cancel(@Parameters(paramLabel = "SAGA", description = SAGA) String id,
            @Option(names = "--reason", paramLabel = "TEXT", description = WHY, defaultValue = BY_HAND) String reason,
            @Mixin ClientOptions options) {
        return operate(options, id, "cancel", reason);
    }

    private static int operate(ClientOptions options, String id, String operation, String reason) {
        try (ApiClient api = options.connect()) {
            SagaView saga = new SagaClient(api).operate(id, operation, reason);
            if (options.json()) {
                options.print(saga.json());
            } else {
                Terminal.standard().line("%s: %s%s".formatted(id, saga.state(), saga.step().isEmpty() ? "" : " at " + saga.step()));
            }
        }
        return ExitCode.OK;
    }
}
