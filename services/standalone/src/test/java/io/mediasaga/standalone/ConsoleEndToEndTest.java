package io.mediasaga.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a person does in the console, in a real browser, on the whole platform. */
@Timeout(400)
class ConsoleEndToEndTest {

    @TempDir
    static Path folder;

    static Platform platform;

    @BeforeAll
    static void start() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
        platform = Platform.start(PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE), line -> {});
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void aPersonUploadsFindsWhyItFailedMendsTheCauseSendsTheMessageAgainAndSeesTheVideo() throws Exception {
        Path clip = SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(2));
        sql("ALTER TABLE media.asset ADD CONSTRAINT nothing_may_be_published CHECK (status <> 'PUBLISHED') NOT VALID");
        try (Browser browser = Browser.open(platform.address())) {
            browser.signIn("Ada", platform.token());
            browser.press("g", "n");
            browser.see("form.upload");
            browser.choose("input[type=file]", clip);
            browser.type("input[name=owner_id]", "ada");
            browser.click("form.upload button.primary");
            await().until(() -> browser.path().startsWith("/console/sagas/"));

            await().untilAsserted(() -> assertThat(browser.see("#state").getText()).isEqualTo("held"));
            browser.sees("#advice", "Waits for a person at MarkPublished");
            browser.sees("#advice", "nothing_may_be_published");
            String saga = browser.path();
            browser.click("#to-dead-letters");
            browser.sees("table.letters", "nothing_may_be_published");
            sql("ALTER TABLE media.asset DROP CONSTRAINT nothing_may_be_published");
            browser.click("input[name=id]");
            browser.click("#redrive-selected");
            browser.sees("#dialog dialog", "Send 1 message again?");
            browser.type("#reason", "The constraint is gone");
            browser.click("#confirm");

            browser.go(saga);
            browser.sees("#state", "completed");
            await().ignoreExceptions().until(() -> Boolean.TRUE.equals(browser.scriptIn(
                    "#watch", "const v = document.querySelector('video'); if (!v) return false; v.muted = true; v.play();"
                            + " return v.readyState >= 2 && v.currentTime > 0;")));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void anUploadGoesOnAfterThePageWasLoadedAgain() throws Exception {
        byte[] bytes = new byte[20 * 1024 * 1024];
        new Random(7).nextBytes(bytes);
        Path file = Files.write(folder.resolve("large.bin"), bytes);
        try (Browser browser = Browser.open(platform.address())) {
            browser.signIn("Grace", platform.token());
            browser.go("/console/start");
            browser.line(3 * 1024 * 1024);
            browser.choose("input[type=file]", file);
            browser.type("input[name=owner_id]", "grace");
            browser.click("form.upload button.primary");
            await().until(() -> stored(browser).contains("\"sent\":8") || stored(browser).matches(".*\"sent\":(4[2-9]|[5-9]|1\\d)\\d{6}.*"));

            browser.go("/console/start");
            browser.sees("#unfinished", "large.bin");
            browser.choose("input[type=file]", file);
            browser.sees("form.upload button.primary", "Go on sending");
            browser.line(0);
            browser.click("form.upload button.primary");
            await().until(() -> browser.path().startsWith("/console/sagas/"));
            // What was sent is no media, so processing says no; the file itself has come as it was.
            browser.sees("#state", "compensated");
            browser.sees("#advice", "ProcessMedia failed");
            browser.go("/console/start");
            assertThat(stored(browser)).isEqualTo("{}");
        }
    }

    @Test
    void everyPartIsHealthy() {
        try (Browser browser = Browser.open(platform.address())) {
            browser.signIn("Linus", platform.token());
            browser.go("/console/health");
            browser.see(".part.up");
            assertThat(browser.all(".part")).hasSize(9);
            assertThat(browser.all(".part.down, .part.unknown")).isEmpty();
            browser.go("/console/topics");
            browser.sees("table", "commands.asset.create");
            browser.sees("main", "orchestrator");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static String stored(Browser browser) {
        return String.valueOf(browser.script("return localStorage.getItem('mediasaga-uploads')"));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = platform.postgres().superuser(EmbeddedPostgres.DATABASE);
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }
}
