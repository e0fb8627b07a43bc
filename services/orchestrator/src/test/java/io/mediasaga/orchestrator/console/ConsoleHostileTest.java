package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.messaging.Headers;
import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.orchestrator.support.ConsoleClient;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others have written, however odd or large, is text on a page that keeps its shape. */
@Timeout(900)
class ConsoleHostileTest extends IntegrationTest {

    private static final String MARKUP = "<script>window.taken=1</script><img src=x onerror=\"window.taken=1\">\"'><svg/onload=window.taken=1>${7*7}";
    private static final String RIGHT_TO_LEFT = "\u202Eevif\u202D שלום عالم \u2066abc";
    private static final String EMOJI = "👩‍👩‍👧‍👦🏳️‍🌈💾é";
    private static final String LONG_WORD = "Wort".repeat(60);

    @Test
    void textStaysTextAndNothingIsWiderThanTheScreen() {
        String value = MARKUP + RIGHT_TO_LEFT + EMOJI + LONG_WORD;
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "RENT_CAR", Does.REFUSE);
        start("trip", id, value);
        ends(id, "COMPENSATED");
        dead(id, "{\"saga_id\":\"" + id + "\",\"type\":" + Json.write(value) + "}", value);
        await().until(() -> api.get("/api/dead-letters?saga_id=" + id).json().get("items").size() == 1);
        String letter = api.get("/api/dead-letters?saga_id=" + id).json().get("items").get(0).get("id").asString();
        api.post("/api/sagas/" + id + "/retry", Json.write(Map.of("reason", value)), "X-Actor", "eve");

        try (Browser browser = Browser.open(api.base())) {
            browser.signIn("Ada", Api.TOKEN);
            for (int width : new int[] {1360, 390}) {
                browser.screen(width, 844);
                for (String page : List.of(
                        "/console/sagas?q=" + id, "/console/sagas?q=" + ConsoleClient.encoded(value), "/console/sagas/" + id,
                        "/console/sagas/" + id + "/history", "/console/sagas/" + id + "/messages", "/console/dead-letters?saga=" + id,
                        "/console/dead-letters?error=" + ConsoleClient.encoded(value), "/console/dead-letters/" + letter,
                        "/console/audit?target=" + id, "/console/topics/deadletters.cars", "/console/topics", "/console/health",
                        "/console/start", "/console/sagas/" + ConsoleClient.encoded(LONG_WORD))) {
                    browser.go(page);
                    browser.see("main");
                    assertThat(browser.script("return window.taken")).as(page).isNull();
                    assertThat(browser.all("main img, main script:not([src])")).as(page).isEmpty();
                    assertThat((Long) browser.script("return document.documentElement.scrollWidth - innerWidth"))
                            .as(page + " on a screen of " + width).isLessThanOrEqualTo(0);
                    assertThat(browser.complaints()).as(page).allMatch(line -> line.contains(" 404"));
                }
            }
            browser.screen(1360, 844);
            browser.go("/console/sagas?q=" + id);
            // What turns text around stays within its own place: the name of a key stands before its value.
            assertThat(browser.script("const key = [...document.querySelectorAll('.c-keys .key')].find(each => each.innerText.startsWith('city'));"
                    + " return key.querySelector('i').getBoundingClientRect().right <= key.querySelector('a').getBoundingClientRect().left"))
                    .isEqualTo(true);
        }
    }

    @Test
    void thePolicyOfThePagesLetsNoScriptInThatIsNotTheConsolesOwn() {
        try (Browser browser = Browser.open(api.base())) {
            browser.signIn("Ada", Api.TOKEN);
            assertThat(browser.script("const s = document.createElement('script'); s.textContent = 'window.taken = 1';"
                    + " document.body.append(s); return window.taken")).isNull();
            browser.script("document.body.insertAdjacentHTML('beforeend', '<p id=trap onclick=\"window.taken=1\" style=\"color:red\">x</p>');"
                    + " document.querySelector('#trap').click()");
            assertThat(browser.script("return window.taken")).isNull();
            assertThat(browser.script("return getComputedStyle(document.querySelector('#trap')).color")).isNotEqualTo("rgb(255, 0, 0)");
            assertThat(browser.script("const s = document.createElement('script'); s.src = 'https://example.invalid/x.js';"
                    + " document.body.append(s); return window.taken")).isNull();
            assertThat(browser.complaints()).anyMatch(line -> line.contains("Content Security Policy"));
        }
        try (var console = new ConsoleClient(api.base(), "Ada")) {
            assertThat(console.get("/console/sagas").headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'").contains("script-src 'self'").contains("base-uri 'none'").doesNotContain("unsafe");
        }
    }

    @Test
    void ofWhatIsVeryLongThePageShowsTheBeginning() {
        String id = UUID.randomUUID().toString();
        String large = "{\"saga_id\":\"" + id + "\",\"type\":\"CarRent\",\"payload\":{\"text\":\"" + "<&ü".repeat(225_000) + "\"}}";
        String deep = "{\"saga_id\":\"" + id + "\",\"payload\":" + "{\"a\":".repeat(400) + "[" + "{\"b\":1},".repeat(5000) + "1]" + "}".repeat(401);
        dead(id, large, "too large");
        dead(id, deep, "too deep");
        await().until(() -> api.get("/api/dead-letters?saga_id=" + id).json().get("items").size() == 2);

        try (var console = new ConsoleClient(api.base(), "Ada")) {
            for (var item : api.get("/api/dead-letters?saga_id=" + id).json().get("items")) {
                String page = console.page("/console/dead-letters/" + item.get("id").asString());
                assertThat(page.length()).isLessThan(500_000);
                String whole = console.page("/console/dead-letters/" + item.get("id").asString() + "/value");
                assertThat(whole).isEqualTo(item.get("last_error").asString().equals("too deep") ? deep : large);
                assertThat(page.contains("All of it as a file")).isEqualTo(item.get("last_error").asString().equals("too large"));
            }
            String messages = console.page("/console/topics/deadletters.cars?most=200");
            assertThat(messages.length()).isLessThan(3_000_000);
            assertThat(messages).contains("Only the beginning of").contains("Show more of it").contains("CarRent");
        }
    }

    @Test
    void aSagaOutlivesItsDefinition() {
        String definition = "short-lived";
        assertThat(api.put("/api/definitions/default/" + definition, resource("/trip.yaml").replace("name: trip}", "name: " + definition + "}"))
                .status()).isIn(200, 201);
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.STAY_SILENT);
        start(definition, id, "Bergen");
        await().until(() -> PARTICIPANTS.receivedTypes(id).contains("FlightBook"));
        assertThat(api.delete("/api/definitions/default/" + definition).status()).isLessThan(300);

        try (var console = new ConsoleClient(api.base(), "Ada")) {
            assertThat(console.page("/console/sagas/" + id)).contains("Under way: BookFlight").contains("default/short-lived v1");
            assertThat(console.page("/console/sagas?q=" + id + "&definition=short-lived")).contains("/console/sagas/" + id);
            PARTICIPANTS.answer(id, "BOOK_FLIGHT");
            ends(id, "COMPLETED");
            assertThat(console.page("/console/sagas/" + id)).contains("Completed in");
            assertThat(console.page("/console/sagas?q=Bergen")).contains("/console/sagas/" + id);
            assertThat(console.get("/console/sagas/" + id + "/messages").statusCode()).isEqualTo(200);
            assertThat(console.page("/console/start")).doesNotContain("data-definition=\"short-lived\"");
        }
    }

    private static void dead(String saga, String value, String error) {
        PARTICIPANTS.sendDead("deadletters.cars", saga, value, Map.of(
                Headers.ORIGINAL_TOPIC, "commands.car.rent", Headers.ORIGINAL_KEY, saga, Headers.ATTEMPTS, "5", Headers.LAST_ERROR, error));
    }

    private void start(String definition, String id, String city) {
        String body = Json.write(Map.of("definition", definition, "saga_id", id, "data", Map.of("city", city)));
        api.post("/api/sagas", body).expect(202);
    }
}
