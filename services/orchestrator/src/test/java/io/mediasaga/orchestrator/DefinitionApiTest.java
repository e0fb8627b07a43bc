package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.Api.Answer;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DefinitionApiTest extends IntegrationTest {

    /** The trip under another name, so that versions can come and go. */
    private static String trip(String name) {
        return named(name);
    }

    private static String name() {
        return "trip-" + UUID.randomUUID();
    }

    @Test
    void theSameDefinitionAgainChangesNothing() {
        String name = name();
        JsonNode first = api.put("/api/definitions/default/" + name, trip(name)).expect(201).json();
        assertThat(first.get("changed").booleanValue()).isTrue();
        String reformatted = "# a comment\n" + trip(name).replace("{partitions: 3, replicas: 1}", "{partitions: 6, replicas: 1}");
        JsonNode again = api.put("/api/definitions/default/" + name, reformatted).expect(200).json();
        assertThat(again.get("changed").booleanValue()).isFalse();
        assertThat(again.get("version").intValue()).isEqualTo(1);
        assertThat(again.get("hash").asString()).isEqualTo(first.get("hash").asString());
    }

    @Test
    void everyVersionIsKeptAndAnOldOneCanComeBack() {
        String name = name();
        String changed = trip(name).replace("deadline: 10m", "deadline: 20m");
        api.put("/api/definitions/default/" + name, trip(name)).expect(201);
        assertThat(api.put("/api/definitions/default/" + name, changed).expect(200).json().get("version").intValue()).isEqualTo(2);
        assertThat(api.get("/api/definitions/default/" + name + "/versions").json().get("items").size()).isEqualTo(2);
        assertThat(api.put("/api/definitions/default/" + name, trip(name)).expect(200).json().get("version").intValue()).isEqualTo(1);
    }

    @Test
    void aSpecAloneIsEnoughAndJsonToo() {
        String name = name();
        String spec = trip(name).substring(trip(name).indexOf("spec:") + 5).replaceAll("(?m)^  ", "");
        api.put("/api/definitions/default/" + name, spec).expect(201);
        assertThat(api.put("/api/definitions/default/" + name, trip(name)).expect(200).json().get("changed").booleanValue())
                .isFalse();
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndTheFix() {
        String name = name();
        String wrong = trip(name).replace("participant: cars", "participant: ships").replace("deadline: 10m", "deadline: 1s");
        Answer answer = api.put("/api/definitions/default/" + name, wrong).expect(422);
        assertThat(answer.code()).isEqualTo("INVALID_DEFINITION");
        JsonNode violations = answer.json().get("violations");
        assertThat(violations.size()).isGreaterThanOrEqualTo(2);
        assertThat(violations.valueStream().map(v -> v.get("path").asString())).contains("spec.steps[2].participant");
        assertThat(violations.get(0).get("fix").asString()).isNotBlank();
        assertThat(api.put("/api/definitions/default/other", trip(name)).expect(422).body()).contains("metadata.name");
        assertThat(api.put("/api/definitions/default/" + name, "steps: [").status()).isEqualTo(422);
        assertThat(api.put("/api/definitions/default/" + name, trip(name).replace("data:\n", "data:\n    maxBytes: 900000\n"))
                        .expect(422).body())
                .contains("spec.data.maxBytes");
        assertThat(api.get("/api/definitions/default/" + name).status()).isEqualTo(404);
    }

    @Test
    void runningSagasFinishOnTheirVersionAndKeepTheirParticipants() {
        String name = name();
        api.put("/api/definitions/default/" + name, trip(name)).expect(201);
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_HOTEL", Does.STAY_SILENT);
        api.post("/api/sagas", "{\"definition\":\"" + name + "\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"Rome\"}}")
                .expect(202);
        await().until(() -> PARTICIPANTS.receivedTypes(id).contains("HotelBook"));
        api.post("/api/sagas/" + id + "/pause", "{}").expect(200);
        JsonNode counts = api.get("/api/definitions/default/" + name + "/counts").expect(200).json();
        assertThat(counts.get("running").intValue()).isEqualTo(1);
        assertThat(counts.get("compensated").intValue()).isZero();
        String withoutCars = trip(name).substring(0, trip(name).indexOf("    - name: RentCar"))
                .replaceAll("(?m)^    - \\{name: cars.*\\n", "");
        Answer refused = api.put("/api/definitions/default/" + name, withoutCars).expect(422);
        assertThat(refused.body()).contains("does without cars, which 1 running sagas of version 1 need");
        api.delete("/api/definitions/default/" + name).expect(200);
        assertThat(api.post("/api/sagas", "{\"definition\":\"" + name + "\",\"data\":{\"city\":\"Rome\"}}").status()).isEqualTo(404);
        PARTICIPANTS.answer(id, "BOOK_HOTEL");
        api.post("/api/sagas/" + id + "/resume", "{}").expect(200);
        assertThat(ends(id, "COMPLETED").get("definition_version").intValue()).isEqualTo(1);
        api.put("/api/definitions/default/" + name, withoutCars).expect(200);
    }

    @Test
    void aSuspendedDefinitionStartsNothingUntilItIsResumed() {
        String name = name();
        String body = "{\"definition\":\"" + name + "\",\"data\":{\"city\":\"Rome\"}}";
        api.put("/api/definitions/default/" + name, trip(name)).expect(201);
        Answer before = api.post("/api/sagas", body, "Idempotency-Key", name).expect(202);
        api.post("/api/definitions/default/" + name + "/suspend", "").expect(200);
        assertThat(api.post("/api/sagas", body, "Idempotency-Key", name).expect(202).body()).isEqualTo(before.body());
        assertThat(api.post("/api/sagas", body).expect(409).code()).isEqualTo("DEFINITION_SUSPENDED");
        assertThat(api.put("/api/definitions/default/" + name, trip(name)).expect(200).json().get("state").asString())
                .isEqualTo("SUSPENDED");
        api.post("/api/definitions/default/" + name + "/resume", "").expect(200);
        api.post("/api/sagas", body).expect(202);
    }

    @Test
    void whatAnotherReplicaChangesIsNoticed() {
        String name = name();
        api.put("/api/definitions/default/" + name, trip(name)).expect(201);
        jdbc.update("UPDATE definition SET state = 'SUSPENDED' WHERE name = ?", name);
        await().untilAsserted(() -> assertThat(
                        api.post("/api/sagas", "{\"definition\":\"" + name + "\",\"data\":{\"city\":\"Rome\"}}").status())
                .isEqualTo(409));
    }
}
