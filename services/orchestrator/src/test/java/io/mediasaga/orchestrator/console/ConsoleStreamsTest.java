package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.orchestrator.support.ConsoleClient;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that follow a saga, when there are many of them and when they go away. */
@Timeout(900)
class ConsoleStreamsTest extends IntegrationTest {

    private static final int PLACES = 200;

    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void aSagaThatWaits() {
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.STAY_SILENT);
        api.post("/api/sagas", "{\"definition\":\"trip\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"Graz\"}}").expect(202);
        await().until(() -> PARTICIPANTS.receivedTypes(id).contains("FlightBook"));
    }

    @AfterEach
    void itEnds() {
        PARTICIPANTS.answer(id, "BOOK_FLIGHT");
        ends(id, "COMPLETED");
    }

    /** A browser keeps six lines to a server for all tabs together. */
    @Test
    void eightTabsFollowASagaAndEachMoves() {
        try (Browser browser = Browser.open(api.base())) {
            browser.signIn("Ada", Api.TOKEN);
            for (int i = 0; i < 8; i++) {
                browser.tab();
                browser.go("/console/sagas/" + id);
                browser.sees("#state", "running");
            }
            api.post("/api/sagas/" + id + "/pause", "{\"reason\":\"lunch\"}").expect(200);
            browser.sees(".badges", "paused");
            browser.tab(3);
            browser.sees(".badges", "paused");
            api.post("/api/sagas/" + id + "/resume", "{\"reason\":\"back\"}").expect(200);
            browser.sees("#advice", "Under way");
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void placesOfPagesThatWentAwayAreFreeAgainAndWhoFindsNoneLooksByHimself() {
        String stream = "/console/sagas/" + id + "/stream?seen=0";
        var many = new ConsoleClient(api.base(), "Grace");
        int opened = 0;
        HttpResponse<InputStream> last = many.open(stream);
        while (last.statusCode() == 200 && opened <= PLACES) {
            opened++;
            last = many.open(stream);
        }
        assertThat(last.statusCode()).isEqualTo(503);
        assertThat(opened).isBetween(PLACES - 20, PLACES);
        try (Browser browser = Browser.open(api.base())) {
            browser.signIn("Ada", Api.TOKEN);
            browser.go("/console/sagas/" + id);
            browser.sees("#state", "running");
            api.post("/api/sagas/" + id + "/pause", "{\"reason\":\"lunch\"}").expect(200);
            browser.sees(".badges", "paused"); // though there is no stream for it
            api.post("/api/sagas/" + id + "/resume", "{\"reason\":\"back\"}").expect(200);
        }

        many.close();
        try (var another = new ConsoleClient(api.base(), "Linus")) {
            await().pollInterval(Duration.ofMillis(500)).until(() -> {
                // Whoever is gone is noticed when there is something to tell.
                api.post("/api/sagas/" + id + "/pause", "{\"reason\":\"tea\"}").expect(200);
                api.post("/api/sagas/" + id + "/resume", "{\"reason\":\"back\"}").expect(200);
                HttpResponse<InputStream> answer = another.open(stream);
                answer.body().close();
                return answer.statusCode() == 200;
            });
        }
    }
}
