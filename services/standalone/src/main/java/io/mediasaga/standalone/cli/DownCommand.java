package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.platform.DataFolder;
import io.mediasaga.standalone.platform.RunningPlatform;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops a running platform. */
@Command(name = "down", mixinStandardHelpOptions = true, description = "Stops the platform that runs on a data folder; its data stay.")
final class DownCommand implements Callable<Integer> {

    private static final int PATIENCE_SECONDS = 90;

    @Option(names = "--data", paramLabel = "DIR", description = "its folder (default: ${DEFAULT-VALUE})", defaultValue = ".mediasaga")
    private Path data = Path.of(".mediasaga");

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        DataFolder folder = DataFolder.at(data);
        Terminal terminal = Terminal.standard();
        Optional<RunningPlatform> running = folder.running();
        if (running.isEmpty()) {
            terminal.line("No platform runs on " + folder.root());
            return ExitCode.OK;
        }
        ProcessHandle process = running.get().process();
        process.destroy();
        try {
            process.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new UsageException("The platform (process %d) does not end within %d s; its log is in %s"
                    .formatted(process.pid(), PATIENCE_SECONDS, folder.path("logs")));
        }
        terminal.line("Stopped the platform at " + running.get().address());
        return ExitCode.OK;
    }
}
