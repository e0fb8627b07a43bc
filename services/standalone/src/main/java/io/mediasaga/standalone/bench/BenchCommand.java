package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.bench.ended.EndedSagasException;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the platform on this machine. */
@Command(
        name = "bench", mixinStandardHelpOptions = true, subcommands = {IdleCommand.class, RelayCommand.class, FillCommand.class},
        description = {
            "Starts a platform of its own, runs publishing sagas through it, and tells how fast it was",
            "and whether everything happened once. PostgreSQL commits durably; Kafka acknowledges by all."
        })
public final class BenchCommand implements Callable<Integer> {

    private static final int AUDIT_FAILED = 1;
    static final int CANNOT_RUN = 6;

    @Spec
    @SuppressWarnings("NullAway") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--duration", paramLabel = "TIME", description = "measured time, as in 60s or 5m (default: ${DEFAULT-VALUE})",
            defaultValue = "60s", converter = DurationText.class)
    private Duration duration = Duration.ZERO;

    @Option(names = "--warmup", paramLabel = "TIME", description = "time before that (default: ${DEFAULT-VALUE})",
            defaultValue = "10s", converter = DurationText.class)
    private Duration warmup = Duration.ZERO;

    @Option(names = "--rate", paramLabel = "N", description = "start N sagas a second, whatever the platform does")
    private double rate;

    @Option(names = "--concurrency", paramLabel = "N", description = "keep N sagas under way (default: ${DEFAULT-VALUE})",
            defaultValue = "200")
    private int concurrency;

    @Option(names = "--ended", paramLabel = "N", description = "let N sagas have ended before: copies of one, in all tables (see bench fill)",
            defaultValue = "0")
    private long ended;

    @Option(names = "--over", paramLabel = "TIME", description = "over which they have ended (default: ${DEFAULT-VALUE})",
            defaultValue = FillCommand.OVER, converter = DurationText.class)
    private Duration over = Duration.ZERO;

    @Option(names = "--json", description = "tell the result as JSON")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR", description = "keep the data there (default: a temporary folder)")
    private @Nullable Path data;

    @Option(names = "--profile", paramLabel = "DIR", description = "record there what takes the time, by the JVM's flight recorder and SQL statement")
    private @Nullable Path profile;

    /** Made by the command line. */
    public BenchCommand() {}

    @Override
    public Integer call() {
        if (rate < 0 || concurrency < 1 || ended < 0 || duration.toSeconds() < 1) {
            throw new ParameterException(spec.commandLine(), "--rate, --concurrency and --ended cannot be less than nothing, --concurrency has to be at least 1, and --duration at least 1s");
        }
        FillCommand.check(spec, ended, over);
        return run(spec, json, data, new BenchOptions(rate, concurrency, warmup, duration, profile, ended, over));
    }

    /** Runs sagas on a platform that is started for it; answers the exit status. */
    static int run(CommandSpec spec, boolean json, @Nullable Path data, BenchOptions options) {
        PrintWriter err = spec.commandLine().getErr();
        try (TemporaryFolder folder = TemporaryFolder.at(data)) {
            if (options.ended() > 0) {
                EndedBefore.prepare(folder.path(), options.ended(), options.over(), err::println);
            }
            err.println("Starting a platform on " + folder.path());
            PlatformOptions settings = PlatformOptions.in(folder.path()).on(PlatformPorts.FREE);
            try (Platform platform = Platform.start(settings, err::println)) {
                Result result = new SagaBench(platform, options, err::println).run();
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    Report.json(result, out);
                } else {
                    Report.text(result, out);
                }
                return result.auditHolds() ? 0 : AUDIT_FAILED;
            }
        } catch (BenchException | EndedSagasException | SQLException e) {
            err.println(e.getMessage());
            return CANNOT_RUN;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CANNOT_RUN;
        }
    }
}
