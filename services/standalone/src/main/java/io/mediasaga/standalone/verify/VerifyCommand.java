package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.EmbeddedServerException;
import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows on this machine that nothing is lost or done twice. */
@Command(
        name = "verify", mixinStandardHelpOptions = true,
        description = {
            "Starts a platform of its own, runs publishing sagas through it while everything that can fail does fail,",
            "and then looks into databases, topics and files whether each saga happened wholly, once, or not at all."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:nothing was violated", "1:the audit found violations", "2:wrong use", "6:the run could not be made",
            "130:interrupted"
        })
public final class VerifyCommand implements Callable<Integer> {

    private static final int VIOLATED = 1;
    private static final int CANNOT_RUN = 6;
    private static final int INTERRUPTED = 130;
    private static final Duration START_UP = Duration.ofMinutes(10);
    private static final Duration PER_SAGA = Duration.ofMillis(500);
    private static final int SEEDS = 1_000_000;

    @Spec
    @SuppressWarnings("NullAway") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--sagas", paramLabel = "N", description = "how many sagas (default: ${DEFAULT-VALUE})", defaultValue = "1000")
    private int sagas;

    @Option(names = "--faults", paramLabel = "LIST", defaultValue = "all",
            description = "all, none, or some of these, separated by commas: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})",
            completionCandidates = FaultWords.class)
    private String faults = "all";

    @Option(names = "--seed", paramLabel = "S", description = "repeats the schedule of an earlier run (default: a new one)")
    private @Nullable Long seed;

    @Option(names = "--concurrency", paramLabel = "N", description = "sagas under way at most (default: ${DEFAULT-VALUE})",
            defaultValue = "100")
    private int concurrency;

    @Option(names = "--limit", paramLabel = "MINUTES", description = "start no more sagas after so many minutes (default: by their number)")
    private @Nullable Integer limit;

    @Option(names = "--compare-recovery",
            description = "run twice with faults that pass, with and without automatic recovery, and compare how many sagas need a person")
    private boolean compare;

    @Option(names = "--json", description = "tell the result as JSON")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR", description = "keep data and logs there (default: a temporary folder)")
    private @Nullable Path data;

    /** Made by the command line. */
    public VerifyCommand() {}

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        VerifyOptions options = options(compare ? Mode.RECOVERING : Mode.PRODUCT);
        try (VerifyRun run = new VerifyRun(data, line -> err.println(line))) {
            if (compare) {
                return tell(Comparison.of(run.carryOut(options), run.carryOut(options(Mode.NAIVE, options.seed()))));
            }
            VerifyResult result = run.carryOut(options);
            run.keepWhen(!result.holds());
            return tell(result);
        } catch (VerifyException | EmbeddedServerException | SQLException | IOException e) {
            err.println("The run could not be made: " + e.getMessage());
            return CANNOT_RUN;
        } catch (InterruptedException e) {
            return INTERRUPTED;
        }
    }

    private VerifyOptions options(Mode mode) {
        return options(mode, seed == null ? ThreadLocalRandom.current().nextInt(1, SEEDS) : seed);
    }

    private VerifyOptions options(Mode mode, long usedSeed) {
        try {
            Set<FaultKind> kinds = FaultKind.parse(faults);
            Duration time = limit == null ? START_UP.plus(PER_SAGA.multipliedBy(sagas)) : Duration.ofMinutes(limit);
            return new VerifyOptions(sagas, kinds, usedSeed, concurrency, time, mode);
        } catch (VerifyException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }

    private int tell(VerifyResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            VerifyReport.json(VerifyReport.fields(result), out);
        } else {
            VerifyReport.text(result, out);
        }
        return result.holds() ? 0 : VIOLATED;
    }

    private int tell(Comparison comparison) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            VerifyReport.json(Map.of(
                    "with_recovery", VerifyReport.fields(comparison.recovering()),
                    "without_recovery", VerifyReport.fields(comparison.naive()),
                    "fewer_percent", comparison.fewerPercent()), out);
        } else {
            comparison.text(out);
        }
        return comparison.recovering().holds() ? 0 : VIOLATED;
    }
}
