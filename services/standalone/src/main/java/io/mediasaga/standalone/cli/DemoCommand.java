package io.mediasaga.standalone.cli;

import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.LocalFile;
import io.mediasaga.standalone.client.PublishMemory;
import io.mediasaga.standalone.client.Publisher;
import io.mediasaga.standalone.client.SagaView;
import io.mediasaga.standalone.client.UnreachableException;
import io.mediasaga.standalone.platform.Platform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the platform and publishes a clip that it makes. */
@Command(name = "demo", mixinStandardHelpOptions = true, description = {
    "Starts the platform, makes a sample clip, publishes it through the saga,",
    "prints the address of the playing video, and stays until Ctrl-C. Meanwhile it",
    "sends the clip once more, slowly: a saga in flight to look at in the console."
})
final class DemoCommand implements Callable<Integer> {

    @Mixin
    private PlatformOption options = new PlatformOption();

    @Option(names = "--seconds", paramLabel = "N", description = "length of the clip (default: ${DEFAULT-VALUE})", defaultValue = "10")
    private int seconds;

    @Option(names = "--in-flight", paramLabel = "N", description = "for how many seconds the clip is sent once more; 0 for not at all (default: ${DEFAULT-VALUE})", defaultValue = "180")
    private int inFlight;

    @Override
    public Integer call() {
        Terminal terminal = Terminal.standard();
        RunningSession session = RunningSession.start(options.options(), terminal);
        publishClip(session.platform(), terminal);
        if (inFlight > 0) {
            Thread.ofPlatform().daemon().name("in-flight").start(() -> keepOneInFlight(session.platform(), terminal));
        }
        return session.stay();
    }

    private void publishClip(Platform platform, Terminal terminal) {
        terminal.line("Making a sample clip of " + seconds + " s");
        LocalFile clip = LocalFile.of(clip(platform.data().path("work/sample.mp4")));
        try (ApiClient api = new ApiClient(URI.create(platform.address()), platform.token())) {
            Publisher publisher = new Publisher(api, new PublishMemory(platform.data().path("work/publish")));
            SagaView ended = publisher.publish(clip, "demo", "Sample clip", new StepLines(terminal, api));
            Endings.tell(terminal, api, ended);
        }
    }

    /** So that whoever opens the console sees a saga on its way, and its end. */
    private void keepOneInFlight(Platform platform, Terminal terminal) {
        try (ApiClient api = new ApiClient(URI.create(platform.address()), platform.token())) {
            Publisher publisher = new Publisher(api, new PublishMemory(platform.data().path("work/publish")))
                    .sendingFor(Duration.ofSeconds(inFlight));
            LocalFile clip = LocalFile.of(platform.data().path("work/sample.mp4"));
            SagaView ended = publisher.publish(clip, "demo", "Sample clip, sent slowly", new InFlight(terminal, api));
            terminal.line("The saga that was in flight is " + ended.state().toLowerCase(Locale.ROOT));
        } catch (UnreachableException e) {
            // the platform is stopped; the next demo goes on with it
        } catch (RuntimeException e) {
            terminal.line("The saga in flight came to no end: " + e.getMessage());
        }
    }

    private Path clip(Path target) {
        try {
            Files.createDirectories(target.getParent());
            return SampleClip.create(target, Duration.ofSeconds(seconds));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the sample clip " + target, e);
        }
    }
}
