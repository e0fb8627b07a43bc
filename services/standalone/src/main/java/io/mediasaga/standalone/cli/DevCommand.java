package io.mediasaga.standalone.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the platform. */
@Command(name = "dev", mixinStandardHelpOptions = true, description = "Starts PostgreSQL, Kafka, Redis and all services, and stays until Ctrl-C.")
final class DevCommand implements Callable<Integer> {

    @Mixin
    private PlatformOption platform = new PlatformOption();

    @Override
    public Integer call() {
        return RunningSession.start(platform.options(), Terminal.standard()).stay();
    }
}
