package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.bench.ended.EndedSagasException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fills tables, so that it need not be done within a run that is measured. */
@Command(name = "fill", mixinStandardHelpOptions = true, description = {
    "Makes a folder whose tables hold ended sagas, for bench --data DIR --ended N --over TIME. They are copies of one that",
    "ran, with ids of their own; but for rows that the services would have deleted by then. Begun once, it can be gone on with."
})
final class FillCommand implements Callable<Integer> {

    /** Less than the 90 days after which sagas are deleted. */
    static final String OVER = "80d";

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(85);

    @Spec
    @SuppressWarnings("NullAway") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--ended", paramLabel = "N", required = true, description = "how many sagas (some 7 GB for a million)")
    private long ended;

    @Option(names = "--over", paramLabel = "TIME", description = "over which they have ended (default: ${DEFAULT-VALUE})",
            defaultValue = OVER, converter = DurationText.class)
    private Duration over = Duration.ZERO;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "the folder")
    @SuppressWarnings("NullAway") // picocli sets it
    private Path data;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (ended < 1) {
            throw new ParameterException(spec.commandLine(), "--ended has to be at least 1");
        }
        check(spec, ended, over);
        try {
            EndedBefore.prepare(data, ended, over, err::println);
            return 0;
        } catch (BenchException | EndedSagasException | SQLException e) {
            err.println(e.getMessage());
            return BenchCommand.CANNOT_RUN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return BenchCommand.CANNOT_RUN;
        }
    }

    /** Sagas that have ended longer ago would be deleted while the platform runs. */
    static void check(CommandSpec spec, long ended, Duration over) {
        if (ended > 0 && (over.compareTo(SHORTEST) < 0 || over.compareTo(LONGEST) > 0)) {
            throw new ParameterException(spec.commandLine(), "--over has to be 1m to 85d, for older sagas are deleted by the platform itself");
        }
    }
}
