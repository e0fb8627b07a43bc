package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;

/** A platform that is stopped in good order by Ctrl-C or {@code down}. */
final class RunningSession {

    private final Platform platform;
    private final Terminal terminal;

    private RunningSession(Platform platform, Terminal terminal) {
        this.platform = platform;
        this.terminal = terminal;
    }

    static RunningSession start(PlatformOptions options, Terminal terminal) {
        terminal.line("Starting the platform on " + options.data().toAbsolutePath().normalize());
        Platform platform = Platform.start(options, terminal::line);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            terminal.line("Stopping …");
            platform.close();
        }, "stop-platform"));
        long took = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
        terminal.line("Ready at %s after %.1f s; the API token is in %s, the log in %s"
                .formatted(platform.address(), took / 1000.0, platform.data().tokenFile(), platform.data().path("logs")));
        terminal.line("Console, signed in for %d hours: %s".formatted(
                SignInLink.VALIDITY.toHours(), SignInLink.to(platform.address(), platform.data().issuer())));
        return new RunningSession(platform, terminal);
    }

    Platform platform() {
        return platform;
    }

    /** Stays until the process is told to end. */
    int stay() {
        terminal.line("Ctrl-C stops it; the data stay.");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.INTERRUPTED;
    }
}
