package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class QueryTest extends IntegrationTest {

    @Test
    void sagasAreFoundByWhatTheyAreAbout() {
        String city = "City " + UUID.randomUUID();
        String id = api.start(city, null);
        ends(id, "COMPLETED");
        String tripId = api.saga(id).get("data").get("trip_id").asString();
        assertThat(ids("?trip_id=" + tripId)).containsExactly(id);
        assertThat(ids("?city=" + city.replace(" ", "%20") + "&state=completed")).containsExactly(id);
        assertThat(ids("?city=" + city.replace(" ", "%20") + "&state=RUNNING")).isEmpty();
        assertThat(ids("?trip_id=" + tripId + "&definition=other")).isEmpty();
        assertThat(api.get("/api/sagas?state=ASLEEP").status()).isEqualTo(400);
        assertThat(api.get("/api/sagas?limit=x").status()).isEqualTo(400);
        assertThat(api.get("/api/sagas?cursor=x").status()).isEqualTo(400);
        assertThat(api.get("/api/sagas/nobody").code()).isEqualTo("SAGA_NOT_FOUND");
    }

    @Test
    void sagasAreFoundByTheRequestThatBeganThem() {
        String requestId = "req-" + UUID.randomUUID();
        String id = api.post(
                        "/api/sagas", "{\"definition\":\"trip\",\"data\":{\"city\":\"Rome\"}}", "X-Request-ID", requestId)
                .expect(202).json().get("saga_id").asString();
        assertThat(ids("?request_id=" + requestId)).containsExactly(id);
    }

    @Test
    void sagasAreFoundByTheStepTheyAreAt() {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.REFUSE);
        PARTICIPANTS.script(id, "CANCEL_HOTEL", Does.REFUSE);
        api.post("/api/sagas", "{\"definition\":\"trip\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"Rome\"}}").expect(202);
        JsonNode saga = ends(id, "HELD");
        assertThat(saga.get("current").get("compensation").asString()).isEqualTo("CancelHotel");
        assertThat(saga.get("steps").get(0).get("progress").asString()).isEqualTo("SUCCEEDED");
        assertThat(ids("?state=HELD&step=BookHotel")).contains(id);
        api.post("/api/sagas/" + id + "/skip", "{}").expect(200);
        ends(id, "COMPENSATED");
    }

    @Test
    void pagesHoldEverySagaOnce() {
        String city = "Pages " + UUID.randomUUID();
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            started.addFirst(api.start(city, null));
        }
        List<String> found = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = api.get("/api/sagas?limit=2&city=" + city.replace(" ", "%20") + cursor).expect(200).json();
            page.get("items").forEach(saga -> found.add(saga.get("saga_id").asString()));
            cursor = page.has("next_cursor") ? "&cursor=" + page.get("next_cursor").asString() : "";
        } while (!cursor.isEmpty());
        assertThat(found).isEqualTo(started);
    }

    @Test
    void aSagaCanBeFollowedToItsEnd() {
        String id = api.start("Rome", null);
        String events = api.get("/api/sagas/" + id + "/events").expect(200).body();
        assertThat(events).contains("event:history", "SAGA_STARTED", "SAGA_COMPLETED", "event:saga");
        assertThat(events.strip().lines().toList()).contains("event:ended");
    }

    @Test
    void theInterfaceDescribesItself() {
        String description = api.get("/api/openapi").expect(200).body();
        assertThat(description).contains("/api/sagas/{id}/cancel", "/api/definitions/{namespace}/{name}", "/api/dead-letters/redrive");
    }

    @Test
    void metricsTellWhatHappens() {
        ends(api.start("Rome", null), "COMPLETED");
        await().untilAsserted(() -> assertThat(api.get("/actuator/prometheus").expect(200).body())
                .contains("mediasaga_sagas_started_total", "mediasaga_sagas_ended_seconds", "mediasaga_step_seconds",
                        "mediasaga_sagas_active", "mediasaga_timers_overdue", "mediasaga_replies_total"));
    }

    private List<String> ids(String query) {
        List<String> ids = new ArrayList<>();
        api.get("/api/sagas" + query).expect(200).json().get("items").forEach(s -> ids.add(s.get("saga_id").asString()));
        return ids;
    }
}
