package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A definition that is none of the product's, from start to end over HTTP and Kafka. */
class TripTest extends IntegrationTest {

    private static final List<String> STEPS = List.of("HotelBook", "FlightBook", "CarRent");
    private static final List<String> UNDOING = List.of("HotelCancel", "FlightCancel", "CarReturn");

    @Test
    void runsToSuccess() {
        String id = api.start("Rome", "\"nights\":3");
        JsonNode saga = ends(id, "COMPLETED");
        assertThat(saga.get("data").get("room").asString()).isEqualTo("42");
        assertThat(saga.get("data").has("ignored")).isFalse();
        await().untilAsserted(() -> assertThat(PARTICIPANTS.receivedTypes(id))
                .containsExactly("HotelBook", "FlightBook", "CarRent", "SagaCompleted"));
        JsonNode first = PARTICIPANTS.received(id).getFirst();
        assertThat(first.get("payload").get("days").intValue()).isEqualTo(3);
        assertThat(first.get("attempt").intValue()).isEqualTo(1);
        assertThat(api.get("/api/sagas/" + id + "/history").json().get("items").valueStream()
                        .map(line -> line.get("kind").asString()))
                .containsExactly("SAGA_STARTED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SAGA_COMPLETED");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM timer WHERE saga_id = ?", Long.class, id)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRefusalAtAnyStepUndoesTheStepsBefore(int step) {
        String id = startScripted(step, Does.REFUSE);
        JsonNode saga = ends(id, "COMPENSATED");
        assertThat(saga.get("reason").asString()).endsWith("is not possible.");
        undone(id, step, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aTimeoutAtAnyStepUndoesThatStepToo(int step) {
        String id = startScripted(step, Does.STAY_SILENT);
        JsonNode saga = ends(id, "COMPENSATED");
        assertThat(saga.get("reason").asString()).contains("did not answer within 1s500ms");
        undone(id, step, true);
    }

    private String startScripted(int step, Does does) {
        String definition = "trip";
        String id = UUID.randomUUID().toString();
        if (does == Does.STAY_SILENT) {
            definition = "hasty-trip-" + step;
            String hasty = hasty(definition, TRIP.steps().get(step).name(), "1500ms");
            assertThat(api.put("/api/definitions/default/" + definition, hasty).status()).isIn(200, 201);
        }
        PARTICIPANTS.script(id, TRIP.steps().get(step).wireName(), does);
        api.post("/api/sagas", """
                        {"definition": "%s", "saga_id": "%s", "data": {"city": "Oslo"}}""".formatted(definition, id))
                .expect(202);
        return id;
    }

    private static void undone(String id, int failed, boolean failedToo) {
        List<String> expected = new ArrayList<>(STEPS.subList(0, failed + 1));
        if (failedToo) {
            expected.add(STEPS.get(failed));
            expected.add(UNDOING.get(failed));
        }
        expected.addAll(UNDOING.subList(0, failed).reversed());
        expected.add("SagaCompensated");
        await().untilAsserted(() -> assertThat(PARTICIPANTS.receivedTypes(id)).containsExactlyElementsOf(expected));
    }

    @Test
    void aRetryableFailureIsTriedAgain() {
        String id = startScripted(1, Does.FAIL);
        await().untilAsserted(() -> assertThat(PARTICIPANTS.receivedTypes(id)).contains("FlightBook"));
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.SUCCEED);
        ends(id, "COMPLETED");
        assertThat(PARTICIPANTS.received(id)).anySatisfy(command -> {
            assertThat(command.get("type").asString()).isEqualTo("FlightBook");
            assertThat(command.get("attempt").intValue()).isEqualTo(2);
        });
    }

    @Test
    void aCompensationThatFailsHoldsTheSagaForAPerson() {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_FLIGHT", Does.REFUSE);
        PARTICIPANTS.script(id, "CANCEL_HOTEL", Does.REFUSE);
        api.post("/api/sagas", """
                        {"definition": "trip", "saga_id": "%s", "data": {"city": "Bonn"}}""".formatted(id))
                .expect(202);
        JsonNode held = ends(id, "HELD");
        assertThat(held.get("held_reason").asString()).contains("CANCEL_HOTEL is not possible.");
        PARTICIPANTS.script(id, "CANCEL_HOTEL", Does.SUCCEED);
        api.post("/api/sagas/" + id + "/retry", "{\"reason\":\"mended\"}", "X-Actor", "ann").expect(200);
        assertThat(ends(id, "COMPENSATED").get("reason").asString()).contains("BOOK_FLIGHT is not possible.");
        JsonNode audit = api.get("/api/sagas/" + id + "/audit").json().get("items").get(0);
        assertThat(audit.get("actor").asString()).isEqualTo("ann");
        assertThat(audit.get("reason").asString()).isEqualTo("mended");
        assertThat(audit.get("before").asString()).startsWith("HELD");
    }
}
