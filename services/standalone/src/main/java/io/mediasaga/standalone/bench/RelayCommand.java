package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.bench.relay.RelayBench;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The outbox's relay alone. */
@Command(name = "relay", mixinStandardHelpOptions = true, description = {
    "How many records a second the relay brings from a full outbox to Kafka, in order by key,",
    "by one and by more replicas that share the work."
})
final class RelayCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--rows", paramLabel = "N", description = "rows in the outbox (default: ${DEFAULT-VALUE})", defaultValue = "200000")
    private int rows;

    @Option(names = "--keys", paramLabel = "N", description = "keys that they belong to (default: ${DEFAULT-VALUE})", defaultValue = "5000")
    private int keys;

    @Option(names = "--replicas", paramLabel = "N", split = ",", description = "replicas, one run for each number (default: ${DEFAULT-VALUE})",
            defaultValue = "1,2,4")
    private List<Integer> replicas = List.of();

    @Option(names = "--json", description = "tell the result as JSON")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR", description = "keep the data there (default: a temporary folder)")
    private @Nullable Path data;

    @Override
    public Integer call() {
        if (rows < 1 || keys < 1 || keys > rows || replicas.stream().anyMatch(n -> n < 1 || n > 16)) {
            throw new ParameterException(spec.commandLine(), "--rows and --keys have to be greater than nothing, keys no more than rows, and --replicas 1 to 16");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (TemporaryFolder folder = TemporaryFolder.at(data);
                RelayBench bench = RelayBench.start(folder.path(), spec.commandLine().getErr()::println)) {
            List<RelayBench.Outcome> outcomes = new ArrayList<>();
            for (int count : replicas) {
                outcomes.add(bench.run(count, rows, keys));
            }
            if (json) {
                Report.json(Map.of("rows", rows, "keys", keys, "runs", outcomes.stream().map(RelayCommand::fields).toList()), out);
            } else {
                outcomes.forEach(outcome -> out.println(text(outcome)));
            }
            return outcomes.stream().allMatch(RelayBench.Outcome::inOrder) ? 0 : 1;
        } catch (SQLException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 6;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 6;
        }
    }

    private static String text(RelayBench.Outcome outcome) {
        return String.format(Locale.ROOT, "%d replica%s: %.0f records/s (%d in %.1f s), sent again %d, missing %d, out of order %d",
                outcome.replicas(), outcome.replicas() == 1 ? "" : "s", outcome.perSecond(), outcome.rows(), outcome.seconds(),
                outcome.repeated(), outcome.missing(), outcome.outOfOrder());
    }

    private static Map<String, Object> fields(RelayBench.Outcome outcome) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("replicas", outcome.replicas());
        fields.put("records_per_second", outcome.perSecond());
        fields.put("seconds", outcome.seconds());
        fields.put("repeated", outcome.repeated());
        fields.put("missing", outcome.missing());
        fields.put("out_of_order", outcome.outOfOrder());
        return fields;
    }
}
