package io.mediasaga.standalone.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** One saga at a time. */
@Command(name = "idle", mixinStandardHelpOptions = true, description = "How long a saga takes when there is no other.")
final class IdleCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--duration", paramLabel = "TIME", description = "measured time (default: ${DEFAULT-VALUE})", defaultValue = "20s",
            converter = DurationText.class)
    private Duration duration = Duration.ZERO;

    @Option(names = "--warmup", paramLabel = "TIME", description = "time before that (default: ${DEFAULT-VALUE})", defaultValue = "15s",
            converter = DurationText.class)
    private Duration warmup = Duration.ZERO;

    @Option(names = "--warmup-concurrency", paramLabel = "N", defaultValue = "1",
            description = "sagas at a time during the warm-up; with some hundreds of them and two minutes the JVM has compiled all that it ever will"
                    + " (default: ${DEFAULT-VALUE})")
    private int warming;

    @Option(names = "--json", description = "tell the result as JSON")
    private boolean json;

    @Option(names = "--data", paramLabel = "DIR", description = "keep the data there (default: a temporary folder)")
    private @Nullable Path data;

    @Option(names = "--profile", paramLabel = "DIR", description = "record there what takes the time")
    private @Nullable Path profile;

    @Override
    public Integer call() {
        if (warming < 1) {
            throw new ParameterException(spec.commandLine(), "--warmup-concurrency has to be at least 1");
        }
        return BenchCommand.run(
                spec, json, data, new BenchOptions(0, 1, warming, warmup, duration, profile, 0, Duration.ZERO));
    }
}
