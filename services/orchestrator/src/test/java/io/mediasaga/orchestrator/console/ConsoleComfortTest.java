package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.Headers;
import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openqa.selenium.Keys;

/** Pages stand still, go by keys alone, and fit on a phone. */
@Timeout(900)
class ConsoleComfortTest extends IntegrationTest {

    private static final List<String> PAGES = List.of(
            "/console/sagas", "/console/dead-letters", "/console/topics", "/console/health", "/console/audit", "/console/start");

    /** What Web Vitals calls good is 0.1 in the life of a page. */
    private static final String OBSERVE = """
            window.shifts = [];
            new PerformanceObserver(list => list.getEntries().forEach(shift => {
              if (!shift.hadRecentInput) window.shifts.push(shift.value);
            })).observe({type: 'layout-shift', buffered: true});
            """;

    private static final String SHIFTED = "return window.shifts.reduce((sum, value) => sum + value, 0)";

    /** Whether a person sees where the focus is. */
    private static final String FOCUS = """
            const on = document.activeElement;
            if (on === document.body) return 'body';
            const style = getComputedStyle(on), box = on.querySelector && on.querySelector('rect.box');
            const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
              || (box && getComputedStyle(box).strokeWidth === '3px');
            const place = on.getBoundingClientRect();
            return marked && place.width > 0 && place.bottom > 0 && place.top < innerHeight ? 'seen'
              : on.outerHTML.substring(0, 200) + ' at ' + JSON.stringify(place);
            """;

    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.open(api.base());
        browser.signIn("Ada", Api.TOKEN);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void nothingJumps() {
        String id = waiting("Turku");
        for (int width : new int[] {1360, 390}) {
            browser.screen(width, 844);
            for (String page : PAGES) {
                browser.go(page);
                browser.script(OBSERVE);
                looksAgain();
                assertThat(((Number) browser.script(SHIFTED)).doubleValue()).as(page + " at " + width).isLessThan(0.02);
            }
        }
        browser.screen(1360, 844);
        browser.go("/console/sagas/" + id);
        browser.script(OBSERVE);
        PARTICIPANTS.answer(id, "BOOK_FLIGHT");
        browser.sees("#state", "completed");
        assertThat(((Number) browser.script(SHIFTED)).doubleValue()).as("a saga that moves").isLessThan(0.1);
    }

    @Test
    void keysAloneLeadThroughEveryPageAndTheFocusIsSeen() {
        String id = waiting("Vaasa");
        for (String page : List.of("/console/sagas", "/console/sagas/" + id, "/console/dead-letters", "/console/topics", "/console/start")) {
            browser.go(page);
            browser.press(Keys.TAB);
            assertThat(browser.script("return document.activeElement.className")).as(page).isEqualTo("jump");
            for (int i = 0; i < 30; i++) {
                Object seen = browser.script(FOCUS);
                if ("body".equals(seen)) {
                    break;
                }
                assertThat(seen).as(page).isEqualTo("seen");
                browser.press(Keys.TAB);
            }
        }
        browser.go("/console/sagas/" + id);
        browser.script("document.querySelector('#op-pause').focus()");
        browser.press(Keys.ENTER);
        browser.see("#dialog dialog");
        browser.press("By keys");
        browser.press(Keys.TAB, Keys.ENTER);
        browser.sees(".badges", "paused");
        await().untilAsserted(() -> assertThat(browser.script("return document.activeElement === document.body")).isEqualTo(false));
        browser.press("j");
        PARTICIPANTS.answer(id, "BOOK_FLIGHT");
        api.post("/api/sagas/" + id + "/resume", "{\"reason\":\"done\"}").expect(200);
        ends(id, "COMPLETED");
    }

    @Test
    void everythingFitsOnAPhone() {
        String id = waiting("Oulu");
        PARTICIPANTS.sendDead("deadletters.cars", id, "no envelope at all", Map.of(
                Headers.ORIGINAL_TOPIC, "commands.car.rent", Headers.LAST_ERROR, "IllegalStateException: there is no such car, " + "x".repeat(200)));
        await().until(() -> !api.get("/api/dead-letters").json().get("items").isEmpty());
        browser.screen(390, 844);
        for (String page : List.of("/console/sagas", "/console/sagas/" + id, "/console/dead-letters", "/console/audit", "/console/start")) {
            browser.go(page);
            browser.see("main");
            assertThat((Long) browser.script("return document.documentElement.scrollWidth - innerWidth")).as(page).isLessThanOrEqualTo(0);
            assertThat((List<?>) browser.script("return [...document.querySelectorAll('.table')]"
                    + ".filter(t => t.scrollWidth > t.clientWidth).map(t => t.outerHTML)")).as(page).isEmpty();
        }
        browser.go("/console/sagas/" + id);
        browser.click("#op-pause");
        browser.see("#dialog dialog");
        assertThat((Boolean) browser.script("const box = document.querySelector('#dialog dialog').getBoundingClientRect();"
                + " return box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight")).isTrue();
        // Fingers need 24 px at least (WCAG 2.2, 2.5.8).
        assertThat((List<?>) browser.script("return [...document.querySelectorAll('button, .button')].filter(b => b.offsetParent)"
                + ".filter(b => b.getBoundingClientRect().height < 24).map(b => b.outerHTML)")).isEmpty();
        PARTICIPANTS.answer(id, "BOOK_FLIGHT");
        ends(id, "COMPLETED");
    }

    /** The server writes UTC; a person in Tehran, where clocks go half an hour ahead, reads the time of Tehran. */
    @Test
    void timesAreThoseOfTheBrowsersZone() {
        browser.zone("Asia/Tehran");
        String id = waiting("Shiraz");
        browser.go("/console/sagas/" + id);
        browser.see(".history time");
        ZonedDateTime started = Instant.parse(api.saga(id).path("started_at").asString("")).atZone(ZoneId.of("Asia/Tehran"));
        browser.sees(".history time", DateTimeFormatter.ofPattern("HH:mm:ss").format(started).substring(0, 5));
        assertThat(browser.attribute(".facts time", "title"))
                .isEqualTo(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC+3:30'").format(started));
        PARTICIPANTS.answer(id, "BOOK_FLIGHT");
        browser.sees("#state", "completed"); // drawn again
        assertThat(browser.attribute(".facts time", "title")).endsWith("UTC+3:30");

        String at = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(started.minusMinutes(1));
        browser.go("/console/topics/commands.flight.book?saga=" + id);
        browser.script("document.querySelector('[name=from]').value = 'time'");
        browser.type("[name=at]", at);
        browser.click(".filters button");
        browser.see(".messages li");
        assertThat(browser.value("[name=at]")).startsWith(at);
        assertThat(browser.path()).contains("at=" + started.minusMinutes(1).toInstant().toString().substring(0, 13));
    }

    private String waiting(String city) {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.STAY_SILENT);
        api.post("/api/sagas", "{\"definition\":\"trip\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"" + city + "\"}}").expect(202);
        await().until(() -> PARTICIPANTS.receivedTypes(id).contains("FlightBook"));
        return id;
    }

    /** Until the page has looked for itself again and has drawn what it saw, where it does so. */
    private void looksAgain() {
        browser.script("window.looks = 0; const was = window.fetch;"
                + " window.fetch = (...all) => was(...all).finally(() => setTimeout(() => window.looks++, 200));");
        boolean looks = (Boolean) browser.script("return !!document.querySelector('[data-poll], [data-rows]')");
        if (looks) {
            browser.script("document.dispatchEvent(new Event('look-again'))"); // as after something was done
            await().until(() -> ((Number) browser.script("return window.looks")).intValue() >= 1);
        }
    }
}
