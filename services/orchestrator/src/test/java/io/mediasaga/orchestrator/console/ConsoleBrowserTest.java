package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.Headers;
import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** The console in a real browser, with scripted participants. */
@Timeout(900)
class ConsoleBrowserTest extends IntegrationTest {

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.open(api.base());
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void aPersonFindsWhyASagaFailedMendsItSendsTheDeadLetterAgainAndSeesItEnd() {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "RENT_CAR", Does.REFUSE);
        PARTICIPANTS.script(id, "CANCEL_FLIGHT", Does.REFUSE);
        start(id, "Oslo");
        ends(id, "HELD");
        String command = Objects.requireNonNull(PARTICIPANTS.received(id).stream()
                .filter(message -> message.get("type").asString().equals("FlightCancel"))
                .reduce((first, last) -> last)
                .orElseThrow()
                .toString());
        PARTICIPANTS.sendDead("deadletters.flights", id, command, Map.of(
                Headers.ORIGINAL_TOPIC, "commands.flight.cancel", Headers.ORIGINAL_KEY, id, Headers.ATTEMPTS, "5",
                Headers.FIRST_ERROR, "The table of seats is locked", Headers.LAST_ERROR, "The table of seats is locked",
                Headers.DEAD_AT, Instant.now().toString()));
        await().until(() -> api.get("/api/dead-letters?saga_id=" + id).json().get("items").size() == 1);

        browser.signIn("Ada", Api.TOKEN);
        browser.see("[data-search]");
        browser.press("/");
        browser.type("[data-search]", "Oslo", Keys.ENTER);
        browser.click("a[href='/console/sagas/" + id + "']");
        browser.sees("#state", "held");
        browser.sees("#advice", "Waits for a person at CancelFlight");
        browser.sees("#advice", "CancelFlight failed: CANCEL_FLIGHT is not possible.");
        browser.sees("#advice", "1 message of this saga is among the dead letters");
        assertThat(browser.all("svg.wide .node.s-held")).hasSize(1);
        assertThat(browser.all("svg.wide .node.s-failed")).hasSize(1);

        browser.click("#to-dead-letters");
        browser.sees("table.letters", "The table of seats is locked");
        PARTICIPANTS.script(id, "CANCEL_FLIGHT", Does.SUCCEED); // somebody has mended it
        browser.click("input[name=id]");
        browser.click("#redrive-selected");
        browser.sees("#dialog dialog", "Send 1 message again?");
        browser.sees("#dry-run", "nothing has been sent");
        browser.type("#reason", "The table is free again");
        browser.click("#confirm");
        browser.sees("#orders", "all sent");

        browser.go("/console/sagas/" + id);
        browser.sees("#state", "compensated");
        browser.sees("#advice", "RentCar failed: RENT_CAR is not possible.");
        assertThat(browser.all("svg.wide .end.reached.undone")).hasSize(1);
        browser.go("/console/audit");
        browser.sees("table", "The table is free again");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void operationsAskWhyAndThePageFollowsTheSagaByItself() {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.STAY_SILENT);
        start(id, "Rome");
        await().until(() -> api.saga(id).path("current").path("step").asString("").equals("BookFlight"));
        browser.signIn("Grace", Api.TOKEN);
        browser.go("/console/sagas/" + id);
        browser.sees("#state", "running");
        assertThat(browser.all("svg.wide .node.s-active")).hasSize(1);

        browser.click("#op-pause");
        browser.see("#dialog dialog");
        await().untilAsserted(() -> assertThat(browser.script("return document.activeElement.id")).isEqualTo("reason"));
        browser.script("document.querySelector('#reason').required = false");
        browser.click("#confirm");
        browser.sees("#dialog .notice", "Say why");
        browser.type("#reason", "The airline calls back");
        browser.click("#confirm");
        browser.sees(".badges", "paused");
        browser.sees("#advice", "Paused at BookFlight");
        browser.click("#op-resume");
        browser.type("#reason", "They did");
        browser.click("#confirm");
        browser.sees("#advice", "Under way");

        browser.click("#op-cancel");
        browser.type("#reason", Keys.ESCAPE);
        await().untilAsserted(() -> assertThat(browser.all("#dialog dialog")).isEmpty());
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.SUCCEED);
        api.post("/api/sagas/" + id + "/cancel", "{\"reason\":\"from elsewhere\"}").expect(200);
        browser.sees("#state", "compensated"); // nobody has touched the page
        browser.sees("main", "from elsewhere");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void whatPeopleSendIsTextAndNothingElse() {
        String hostile = "<img src=x onerror=\"document.title='taken'\">'\"</script><script>document.title='taken'</script>${7*7}";
        String id = UUID.randomUUID().toString();
        start(id, hostile);
        ends(id, "COMPLETED");
        PARTICIPANTS.sendDead("deadletters.cars", id, hostile, Map.of(
                Headers.ORIGINAL_TOPIC, "commands.car.rent", Headers.LAST_ERROR, hostile, Headers.ORIGINAL_KEY, hostile));
        await().until(() -> api.get("/api/dead-letters?original_topic=commands.car.rent").json().get("items").size() >= 1);
        browser.signIn(hostile.substring(0, 60), Api.TOKEN);
        for (String page : new String[] {
            "/console/sagas?q=" + id, "/console/sagas/" + id, "/console/dead-letters", "/console/audit", "/console/health",
            "/console/topics", "/console/topics/commands.car.rent", "/console/sagas/" + id + "/messages", "/console/start"
        }) {
            browser.go(page);
            browser.see("main");
            assertThat((String) browser.script("return document.title")).as(page).doesNotContain("taken");
            assertThat(browser.all("main img")).as(page).isEmpty();
            assertThat(browser.complaints()).as(page).isEmpty();
        }
        browser.go("/console/sagas/" + id);
        browser.sees(".json", "onerror");
    }

    @Test
    void keysLeadEverywhereAndAWatchedListShowsWhatIsNew() {
        browser.signIn("Linus", Api.TOKEN);
        for (var place : Map.of("d", "/console/dead-letters", "t", "/console/topics", "h", "/console/health", "a", "/console/audit")
                .entrySet()) {
            browser.see("main");
            browser.press("g", place.getKey());
            await().until(() -> browser.path().equals(place.getValue()));
        }
        browser.go("/console/sagas");
        browser.see("#rows");
        String id = UUID.randomUUID().toString();
        start(id, "Lima");
        browser.see("a[href='/console/sagas/" + id + "']");
        browser.click("[data-theme-toggle]");
        Object theme = browser.script("return document.documentElement.dataset.theme");
        browser.go("/console/sagas");
        assertThat(browser.script("return document.documentElement.dataset.theme")).isEqualTo(theme);
    }

    private void start(String id, String city) {
        String data = io.mediasaga.messaging.Json.write(Map.of("city", city));
        api.post("/api/sagas", "{\"definition\":\"trip\",\"saga_id\":\"" + id + "\",\"data\":" + data + "}").expect(202);
    }
}
