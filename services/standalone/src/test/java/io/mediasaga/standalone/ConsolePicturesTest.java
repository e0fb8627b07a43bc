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
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Makes the pictures of the README: {@code -Dmediasaga.pictures=<folder>}; those of all other pages go into its folder {@code more}. */
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
            publish("ada", "Harbour at dawn", 4);
            publish("grace", "Keynote, second take", 4);
            Path broken = Files.write(folder.resolve("broken.mp4"), new byte[] {0, 0, 0, 24, 'f', 't', 'y', 'p', 1, 2, 3, 4});
            publisher().publish(LocalFile.of(broken), "linus", "Torn recording", quiet());
            sql(platform, "ALTER TABLE media.asset ADD CONSTRAINT disk_quota CHECK (status <> 'PUBLISHED') NOT VALID");
            SagaView repaired = publish("ada", "Northern lights over Tromsø", 4);
            SagaView held = publish("edith", "Concert, encore", 4);
            sql(platform, "ALTER TABLE media.asset DROP CONSTRAINT disk_quota");
            await().until(() -> api.get("/api/dead-letters").path("items").size() == 2);
            for (String title : new String[] {"Rehearsal", "Trailer 30 s"}) {
                api.post("/api/sagas", Map.of("definition", "publish-media-asset", "data", Map.of(
                        "owner_id", "margaret", "title", title, "file_name", "take.mp4", "content_type", "video/mp4", "size_bytes", 73_400_320)));
            }
            repair(repaired);
            browser.prefers("light");
            take("/console/sagas/" + repaired.id(), "saga-repaired");
            take("/console/sagas/" + held.id(), "more/saga-held");
            Thread sending = Thread.ofPlatform().start(() -> publishQuietly("mary", "Aurora, uncut", 40));
            await().until(() -> api.get("/api/sagas?step=ProcessMedia").path("items").size() == 1);
            String inFlight = api.get("/api/sagas?step=ProcessMedia").path("items").get(0).path("saga_id").asString("");
            browser.prefers("dark");
            take("/console/sagas/" + inFlight, "saga-in-flight");
            for (String scheme : new String[] {"light", "dark"}) {
                browser.prefers(scheme);
                take("/console/sagas", "list-" + scheme);
            }
            take("/console/dead-letters", "more/dead-letters");
            take("/console/health", "more/health");
            take("/console/topics", "more/topics");
            take("/console/audit", "more/audit");
            take("/console/start", "more/start");
            browser.go("/console/sagas/" + repaired.id());
            browser.script("document.querySelector('.player').scrollIntoView({block: 'center'})");
            await().ignoreExceptions().until(() -> Boolean.TRUE.equals(browser.scriptIn(
                    "#watch", "const v = document.querySelector('video'); return v !== null && v.readyState >= 2;")));
            browser.picture(PICTURES.resolve("more/video.png"));
            browser.screen(390, 844);
            take("/console/sagas", "more/phone-list");
            take("/console/sagas/" + held.id(), "more/phone-saga");
            browser.script("document.querySelector('.tracks').scrollIntoView()");
            browser.picture(PICTURES.resolve("more/phone-steps.png"));
            take("/console/dead-letters", "more/phone-letters");
            browser.press("g", "n");
            sending.join();
        }
    }

    private static void sql(Platform platform, String statement) throws SQLException {
        try (var connection = platform.postgres().superuser(EmbeddedPostgres.DATABASE); var executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }

    /** As a person does it. */
    private void repair(SagaView saga) {
        browser.go("/console/sagas/" + saga.id());
        browser.click("#to-dead-letters");
        browser.click("table.letters td a");
        browser.picture(PICTURES.resolve("more/dead-letter.png"));
        browser.click("#redrive-one");
        browser.see("#dialog dialog");
        browser.type("#reason", "The constraint on the table of assets is gone");
        browser.picture(PICTURES.resolve("more/send-again.png"));
        browser.click("#confirm");
        await().until(() -> api.get("/api/sagas/" + saga.id()).path("state").asString("").equals("COMPLETED"));
    }

    private void take(String page, String name) {
        browser.go(page);
        browser.see("main");
        browser.picture(PICTURES.resolve(name + ".png"));
    }

    private void publishQuietly(String owner, String title, int seconds) {
        try {
            publish(owner, title, seconds);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private SagaView publish(String owner, String title, int seconds) throws Exception {
        Path clip = SampleClip.create(folder.resolve(title.replaceAll("\\W", "") + ".mp4"), Duration.ofSeconds(seconds));
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
