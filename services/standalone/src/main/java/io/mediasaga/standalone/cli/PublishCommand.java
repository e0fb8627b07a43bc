package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.LocalFile;
import io.mediasaga.standalone.client.PublishMemory;
import io.mediasaga.standalone.client.Publisher;
import io.mediasaga.standalone.client.SagaView;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Publishes a file. */
@Command(name = "publish", mixinStandardHelpOptions = true, description = {
    "Publishes a media file and prints its public address.",
    "Waits for a platform that goes away in between.",
    "An interrupted run goes on where it was when the same command is given again."
})
final class PublishCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "the file to publish")
    private @Nullable Path file;

    @Option(names = "--owner", paramLabel = "ID", description = "whose quota it counts against (default: ${DEFAULT-VALUE})",
            defaultValue = "me")
    private String owner = "me";

    @Option(names = "--title", paramLabel = "T", description = "its title (default: the file's name)")
    private @Nullable String title;

    @Option(names = "--wait", paramLabel = "SECONDS",
            description = "how long to wait for a platform that goes away in between (default: ${DEFAULT-VALUE})", defaultValue = "300")
    private int wait = 300;

    @Mixin
    private ClientOptions options = new ClientOptions();

    @Override
    public Integer call() {
        if (wait < 0) {
            throw new UsageException("--wait is " + wait + "; 0 or more seconds are possible");
        }
        LocalFile local = LocalFile.of(file == null ? Path.of("") : file);
        Terminal terminal = options.json()
                ? new Terminal(new PrintWriter(PrintWriter.nullWriter()), false)
                : Terminal.standard();
        try (ApiClient api = options.connect()) {
            Publisher publisher = new Publisher(api, new PublishMemory(options.memory()), Duration.ofSeconds(wait));
            SagaView ended = publisher.publish(local, owner, title == null ? local.title() : title, new StepLines(terminal, api));
            if (options.json()) {
                options.print(ended.json());
            } else {
                Endings.tell(terminal, api, ended);
            }
            return ended.isCompleted() ? ExitCode.OK : ExitCode.SAGA_FAILED;
        }
    }
}
