package io.mediasaga.standalone;

import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.client.HistoryLine;
import io.mediasaga.standalone.client.LocalFile;
import io.mediasaga.standalone.client.PublishMemory;
import io.mediasaga.standalone.client.Publisher;
import io.mediasaga.standalone.client.SagaView;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of the README: {@code -Dmediasaga.pictures=<folder>}. */
@EnabledIfSystemProperty(named = "mediasaga.pictures", matches = ".+")
class ConsolePicturesTest {

    private static final Path PICTURES = Path.of(System.getProperty("mediasaga.pictures", "."));

    @TempDir
    private Path folder;

    private Browser browser;
    private ApiClient api;

    @Test
    void pictures() throws Exception {
        try (Platform platform = Platform.start(PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE), line -> {});
                ApiClient client = new ApiClient(URI.create(platform.address()), platform.token());
                Browser opened = Browser.open(platform.address())) {
            api = client;
            browser = opened;
            browser.screen(1360, 860);
            browser.signIn("Ada Lovelace", platform.token());
            SagaView done = publish("ada", "Harbour at dawn");
            publish("grace", "Keynote, second take");
            Path broken = Files.write(folder.resolve("broken.mp4"), new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 1, 2, 3, 4});
            publisher().publish(LocalFile.of(broken), "linus", "Torn recording", quiet());
            try (var connection = platform.postgres().superuser(EmbeddedPostgres.DATABASE);
                    var statement = connection.createStatement()) {
                statement.execute("ALTER TABLE media.asset ADD CONSTRAINT disk_quota CHECK (status <> 'PUBLISHED') NOT VALID");
            }
            SagaView held = publish("ada", "Northern lights over Tromsø");
            for (String title : new String[] {"Rehearsal", "Interview, raw", "Trailer 30 s"}) {
                api.post("/api/sagas", Map.of("definition", "publish-media-asset", "data", Map.of(
                        "owner_id", "margaret", "title", title, "file_name", "take.mp4", "content_type", "video/mp4", "size_bytes", 73_400_320)));
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> api.get("/api/dead-letters").path("items").size() == 1);
            await().atMost(Duration.ofSeconds(30)).until(() -> api.get("/api/sagas?step=WaitFileUploaded").path("items").size() == 3);
            for (String scheme : new String[] {"light", "dark"}) {
                browser.prefers(scheme);
                take("/console/sagas", "list-" + scheme);
                take("/console/sagas/" + held.id(), "saga-" + scheme);
            }
            browser.prefers("dark");
            take("/console/dead-letters", "dead-letters-dark");
            browser.screen(390, 844);
            take("/console/sagas/" + held.id(), "phone-dark");
            browser.prefers("light");
            take("/console/sagas", "phone-light");
            browser.screen(1360, 860);
            browser.go("/console/sagas/" + done.id());
            browser.script("document.querySelector('.player').scrollIntoView({block: 'center'})");
            await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            browser.picture(PICTURES.resolve("video-light.webp"));
            take("/console/topics", "topics-light");
            take("/console/health", "health-light");
        }
    }

    private void take(String page, String name) {
        browser.go(page);
        browser.see("main");
        browser.picture(PICTURES.resolve(name + ".webp"));
    }

    private SagaView publish(String owner, String title) throws Exception {
        Path clip = SampleClip.create(folder.resolve(title.replaceAll("\\W", "") + ".mp4"), Duration.ofSeconds(4));
        return publisher().publish(LocalFile.of(clip), owner, title, quiet());
    }

    private Publisher publisher() {
        return new Publisher(api, new PublishMemory(folder.resolve("memory")));
    }

    private static Publisher.Watcher quiet() {
        return new Publisher.Watcher() {
            @Override
            public void started(SagaView saga, boolean resumed) {}

            @Override
            public void uploaded(long bytes, long of) {}

            @Override
            public void happened(HistoryLine line) {}
        };
    }
}
