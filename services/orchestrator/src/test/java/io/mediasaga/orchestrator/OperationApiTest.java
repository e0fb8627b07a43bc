package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.Api.Answer;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationApiTest extends IntegrationTest {

    private String startSilent(String step) {
        return startSilent("trip", step);
    }

    private String startSilent(String definition, String step) {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, step, Does.STAY_SILENT);
        api.post("/api/sagas", """
                        {"definition": "%s", "saga_id": "%s", "data": {"city": "Lima"}}""".formatted(definition, id))
                .expect(202);
        return id;
    }

    @Test
    void aPausedSagaStandsStillUntilItIsResumed() {
        String id = startSilent("BOOK_HOTEL");
        await().until(() -> PARTICIPANTS.receivedTypes(id).contains("HotelBook"));
        Answer paused = api.post("/api/sagas/" + id + "/pause", "{\"reason\":\"wait\"}").expect(200);
        assertThat(paused.json().get("paused").booleanValue()).isTrue();
        jdbc.update("UPDATE timer SET due_at = now() - interval '1 second' WHERE saga_id = ?", id);
        await().untilAsserted(() -> assertThat(timers(id)).as("a timer that fires for nothing is taken away").isZero());
        PARTICIPANTS.answer(id, "BOOK_HOTEL");
        await().until(() -> api.get("/api/sagas/" + id + "/history").body().contains("REPLY_KEPT"));
        assertThat(api.saga(id).get("current").get("attempt").intValue()).isEqualTo(1);
        assertThat(api.saga(id).get("state").asString()).isEqualTo("RUNNING");
        assertThat(timers(id)).isZero();
        api.post("/api/sagas/" + id + "/resume", "").expect(200);
        ends(id, "COMPLETED");
    }

    @Test
    void ofAPausedSagaTheTimeGoesOnWhenItIsResumed() {
        String id = startSilent("BOOK_HOTEL");
        api.post("/api/sagas/" + id + "/pause", "{\"reason\":\"wait\"}").expect(200);
        api.post("/api/sagas/" + id + "/resume", "").expect(200);
        assertThat(timers(id)).isEqualTo(1);
        api.post("/api/sagas/" + id + "/cancel", "{\"reason\":\"enough\"}").expect(200);
        ends(id, "COMPENSATED");
    }

    private long timers(String id) {
        return jdbc.queryForObject("SELECT count(*) FROM timer WHERE saga_id = ?", Long.class, id);
    }

    @Test
    void aCancelUndoesAndKeepsTheReason() {
        String id = startSilent("BOOK_FLIGHT");
        await().until(() -> PARTICIPANTS.receivedTypes(id).contains("FlightBook"));
        api.post("/api/sagas/" + id + "/cancel", "{\"reason\":\"changed\\u0000 our\\nmind\"}", "X-Actor", "bob").expect(200);
        assertThat(ends(id, "COMPENSATED").get("reason").asString()).isEqualTo("Cancelled by bob: changed our mind");
        await().untilAsserted(() -> assertThat(PARTICIPANTS.receivedTypes(id))
                .containsExactly("HotelBook", "FlightBook", "FlightCancel", "HotelCancel", "SagaCompensated"));
    }

    @Test
    void theAuditListsWhatWasDoneAndWhatWasRefusedPageByPage() {
        String actor = "carl-" + UUID.randomUUID();
        String id = startSilent("BOOK_HOTEL");
        api.post("/api/sagas/" + id + "/pause", "{}", "X-Actor", actor).expect(200);
        api.post("/api/sagas/" + id + "/pause", "{}", "X-Actor", actor).expect(409);
        api.post("/api/sagas/" + id + "/cancel", "{\"reason\":\"enough\"}", "X-Actor", actor).expect(200);

        var first = api.get("/api/audit?limit=2&actor=" + actor).expect(200).json();
        var second = api.get("/api/audit?limit=2&actor=" + actor + "&cursor=" + first.get("next_cursor").asString())
                .expect(200).json();
        assertThat(first.get("items").valueStream().map(entry -> entry.get("operation").asString() + entry.get("accepted")))
                .containsExactly("CANCELtrue", "PAUSEfalse");
        assertThat(first.get("items").get(0).get("target").asString()).isEqualTo(id);
        assertThat(second.get("items").valueStream().map(entry -> entry.get("operation").asString())).containsExactly("PAUSE");
        assertThat(second.has("next_cursor")).isFalse();
        assertThat(api.get("/api/audit?operation=pause&accepted=false&actor=" + actor).json().get("items").size()).isEqualTo(1);
        assertThat(api.get("/api/audit?to=2020-01-01T00:00:00Z").json().get("items").size()).isZero();
        assertThat(api.get("/api/audit?cursor=nonsense").expect(400).code()).isEqualTo("INVALID_CURSOR");
    }

    @Test
    void aSkipGoesOn() {
        String id = startSilent("BOOK_HOTEL");
        api.post("/api/sagas/" + id + "/skip", "{}").expect(200);
        ends(id, "COMPLETED");
    }

    @Test
    void refusalsSayWhatToDoAndAreAudited() {
        String id = startSilent("BOOK_HOTEL");
        Answer refused = api.post("/api/sagas/" + id + "/retry", "{\"reason\":\"now\"}", "X-Actor", "eve").expect(409);
        assertThat(refused.code()).isEqualTo("RETRY_REFUSED");
        assertThat(refused.json().get("detail").asString()).contains("Attempt 1 of BookHotel is under way", "Wait for");
        var audit = api.get("/api/sagas/" + id + "/audit").json().get("items").get(0);
        assertThat(audit.get("accepted").booleanValue()).isFalse();
        assertThat(audit.get("actor").asString()).isEqualTo("eve");
        assertThat(api.post("/api/sagas/nobody/pause", "{}").expect(404).code()).isEqualTo("SAGA_NOT_FOUND");
        api.post("/api/sagas/" + id + "/cancel", "{}").expect(200);
        ends(id, "COMPENSATED");
        assertThat(api.post("/api/sagas/" + id + "/cancel", "{}").expect(409).json().get("detail").asString())
                .contains("has ended COMPENSATED");
    }

    @Test
    void changesAtTheSameTimeAllCountOnce() {
        String id = startSilent("BOOK_HOTEL");
        long before = version(id);
        List<Answer> answers = IntStream.range(0, 60)
                .mapToObj(i -> api.postAsync("/api/sagas/" + id + (i % 2 == 0 ? "/pause" : "/resume"), "{}"))
                .toList()
                .stream().map(CompletableFuture::join).toList();
        long accepted = answers.stream().filter(a -> a.status() == 200).count();
        assertThat(answers).allMatch(a -> a.status() == 200 || a.status() == 409);
        assertThat(accepted).isPositive();
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM saga_history WHERE saga_id = ? AND kind IN ('PAUSED', 'RESUMED')", Long.class, id))
                .isEqualTo(accepted);
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM audit WHERE target = ? AND accepted", Long.class, id))
                .isEqualTo(accepted);
        assertThat(version(id)).isGreaterThanOrEqualTo(before + accepted);
    }

    private long version(String id) {
        return jdbc.queryForObject("SELECT version FROM saga WHERE id = ?", Long.class, id);
    }
}
