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
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a person does in the console, in a real browser, on the whole platform; with {@code -Dmediasaga.processes=true} each service
 * is a process of its own.
 */
@Timeout(900)
class ConsoleEndToEndTest {

    private static final String MEND = "ALTER TABLE media.asset DROP CONSTRAINT IF EXISTS nothing_may_be_published";

    /** How much the platform has of the upload that this browser remembers. */
    private static final String OFFSET = """
            const saga = Object.keys(JSON.parse(localStorage.getItem('mediasaga-uploads')))[0];
            const request = new XMLHttpRequest();
            request.open('POST', '/console/start/' + saga + '/token', false);
            request.setRequestHeader('X-CSRF-Token', JSON.parse(document.body.getAttribute('hx-headers'))['X-CSRF-Token']);
            request.send();
            return JSON.parse(request.responseText).offset;
            """;

    /** Words in the picture that do not fit into their box. */
    private static final String OUTSIDE = """
            return [...document.querySelectorAll('svg.wide .node')].flatMap(node => {
              const box = node.querySelector('rect.box').getBBox();
              return [...node.querySelectorAll('text')]
                .filter(text => text.getBBox().x + text.getBBox().width > box.x + box.width - 2).map(text => text.textContent);
            });
            """;

    @TempDir
    static Path folder;

    static Platform platform;

    @BeforeAll
    static void start() {
        PlatformOptions options = PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE);
        System.setProperty("mediasaga.messaging.retry.backoff", "200ms");
        try {
            platform = Platform.start(Boolean.getBoolean("mediasaga.processes") ? options.withProcesses() : options, line -> {});
        } finally {
            System.clearProperty("mediasaga.messaging.retry.backoff");
        }
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

            browser.sees("#state", "held");
            browser.sees("#advice", "Waits for a person at MarkPublished");
            browser.sees("#advice", "nothing_may_be_published");
            assertThat((List<?>) browser.script(OUTSIDE)).isEmpty();
            String saga = browser.path();
            browser.click("#to-dead-letters");
            browser.sees("table.letters", "AssetMarkPublished");
            browser.click("table.letters td a");
            browser.sees("#last-error", "nothing_may_be_published");
            sql(MEND);
            browser.click("#redrive-one");
            browser.sees("#dialog dialog", "Send 1 message again?");
            browser.type("#reason", "The constraint is gone");
            browser.click("#confirm");
            await().until(() -> browser.all("#dialog dialog").isEmpty());

            browser.go(saga);
            browser.sees("#state", "completed");
            await().ignoreExceptions().until(() -> Boolean.TRUE.equals(browser.scriptIn(
                    "#watch", "const v = document.querySelector('video'); if (!v) return false; v.muted = true; v.play();"
                            + " return v.readyState >= 2 && v.currentTime > 0;")));
            assertThat(browser.complaints()).isEmpty();
        } finally {
            sql(MEND);
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
            // More than one piece has come: that much is not sent again.
            await().until(() -> Boolean.TRUE.equals(browser.script(
                    "return Object.values(JSON.parse(localStorage.getItem('mediasaga-uploads') || '{}')).some(u => u.sent > 4500000)")));

            browser.go("/console/start");
            browser.sees("#unfinished", "large.bin");
            assertThat((Long) browser.script(OFFSET)).isGreaterThanOrEqualTo(4L * 1024 * 1024).isLessThan(bytes.length);
            browser.choose("input[type=file]", file);
            browser.sees("form.upload button.primary", "Go on sending");
            browser.line(0);
            browser.click("form.upload button.primary");
            await().until(() -> browser.path().startsWith("/console/sagas/"));
            await().until(() -> List.of("completed", "compensated").contains(browser.text("#state")));
            String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            browser.sees(".json", sum); // of what has come
            browser.go("/console/start");
            browser.see("form.upload");
            assertThat(browser.script("return localStorage.getItem('mediasaga-uploads')")).isEqualTo("{}");
        }
    }

    @Test
    void aLinkSignsInAsWhomItsTokenNamesWithThatPersonsRolesOnly() {
        String viewer = platform.data().issuer().token("vic", List.of("viewer"), Duration.ofMinutes(10));
        String uploader = platform.data().issuer().token("una", List.of("uploader"), Duration.ofMinutes(10));
        try (Browser browser = Browser.open(platform.address())) {
            browser.go("/console/sign-in?next=/console/health#token=" + viewer);
            browser.sees(".who .name", "vic");
            assertThat(browser.path()).isEqualTo("/console/health");
            assertThat(browser.all("a[href='/console/start']")).isEmpty();
            browser.click(".who form button");
            await().until(() -> browser.path().equals("/console/sign-in"));

            browser.go("/");
            browser.go("/console/sign-in#token=" + uploader.substring(0, uploader.length() - 4) + "AAAA");
            browser.sees("#error", "no JWT that the issuer");
            browser.go("/console/sign-in#token=" + uploader); // within the page, which another one led to
            browser.click("#sign-in button");
            browser.sees(".who .name", "una");
            assertThat(browser.path()).isEqualTo("/console/start");
            assertThat(browser.value("input[name=owner_id]")).isEqualTo("una");
            assertThat(browser.all("nav a[href='/console/sagas']")).isEmpty();
            browser.go("/console/sagas");
            browser.sees("main", "This takes the role viewer");
        }
    }

    @Test
    void everyPartIsHealthy() {
        try (Browser browser = Browser.open(platform.address())) {
            browser.signIn("Linus", platform.token());
            browser.go("/console/health");
            browser.see(".part.up");
            assertThat(browser.all(".part")).hasSize(9);
            await().untilAsserted(() -> assertThat(browser.all(".part.up")).hasSize(9)); // the page looks again and again
            assertThat(browser.all(".part.down, .part.unknown")).isEmpty();
            browser.go("/console/topics");
            browser.sees("table", "commands.asset.create");
            browser.sees("main", "orchestrator");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = platform.postgres().superuser(EmbeddedPostgres.DATABASE);
                Statement executed = connection.createStatement()) {
            executed.execute(statement);
        }
    }
}
