package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.Api.Answer;
import io.mediasaga.orchestrator.support.IntegrationTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

class StartTest extends IntegrationTest {

    @Autowired
    private TransactionTemplate transactions;

    private static String body(String city) {
        return "{\"definition\":\"trip\",\"data\":{\"city\":\"" + city + "\"}}";
    }

    @Test
    void isAcceptedWithItsAddressAndGeneratedFields() {
        Answer answer = api.post("/api/sagas", body("Rome")).expect(202);
        String id = answer.json().get("saga_id").asString();
        assertThat(answer.response().headers().firstValue("Location")).hasValue("/api/sagas/" + id);
        assertThat(answer.json().get("data").get("trip_id").asString()).hasSize(36);
        assertThat(answer.json().get("definition_version").intValue()).isPositive();
        ends(id, "COMPLETED");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"definition":"trip"}                                           | data.city is required
            {"definition":"trip","data":{"city":" "}}                       | data.city is required
            {"definition":"trip","data":{"city":"Rome","colour":"red"}}     | data.colour is not known; there are city, nights, trip_id
            {"definition":"trip","data":{"city":"Rome","trip_id":""}}       | data.trip_id must be text of 1 to 64
            {"definition":"trip","data":{"city":"Rome","trip_id":7}}        | data.trip_id must be text of 1 to 64
            {"definition":"trip","saga_id":" ","data":{"city":"Rome"}}      | saga_id must be 1 to 64 visible characters
            {"definition":"trip","saga_id":"a\\u0007b","data":{"city":"R"}} | saga_id must be 1 to 64 visible characters
            {"definition":"trip","saga_id":"a\\u0000b","data":{"city":"R"}} | saga_id has a NUL character
            {"definition":"tr\\ud800ip","data":{"city":"Rome"}}              | definition has a NUL character or half a character
            {"definition":"trip","data":{"city":"Ro\\u0000me"}}              | data.city has a NUL character or half a character
            {"definition":"trip","data":{"city":"Ro\\ud83dme"}}              | data.city has a NUL character or half a character
            {"definition":"trip","data":{"city":["R",{"x":"\\ude00"}]}}      | data.city has a NUL character or half a character
            {"definition":"trip","data":{"city":"R","a\\u0000":1}}           | data.a? has a NUL character or half a character
            {"data":{"city":"Rome"}}                                        | definition must be the name
            """)
    void isRefusedWhenTheBodyIsWrong(String body, String why) {
        Answer answer = api.post("/api/sagas", body).expect(422);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.json().get("detail").asString()).contains(why);
    }

    @Test
    void isRefusedWhenTheDataIsTooLarge() {
        Answer answer = api.post("/api/sagas", body("x".repeat(70_000))).expect(422);
        assertThat(answer.json().get("detail").asString()).contains("at most 65536");
    }

    @Test
    void isRefusedForAnUnknownDefinition() {
        assertThat(api.post("/api/sagas", "{\"definition\":\"nothing\"}").expect(404).code())
                .isEqualTo("DEFINITION_NOT_FOUND");
        assertThat(api.post("/api/sagas", "[1]").status()).isEqualTo(400);
    }

    @Test
    void theSameKeyAndBodyGetTheSameAnswer() {
        String key = UUID.randomUUID().toString();
        Answer first = api.post("/api/sagas", body("Rome"), "Idempotency-Key", key).expect(202);
        String otherOrder = "{\"data\":{\"city\":\"Rome\"},\"definition\":\"trip\"}";
        Answer second = api.post("/api/sagas", otherOrder, "Idempotency-Key", key).expect(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.response().headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(api.post("/api/sagas", body("Oslo"), "Idempotency-Key", key).expect(422).code())
                .isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(api.post("/api/sagas", body("Oslo"), "Idempotency-Key", " ").status()).isEqualTo(422);
    }

    @Test
    void aKeyInFlightIsAConflict() {
        String key = UUID.randomUUID().toString();
        transactions.executeWithoutResult(status -> {
            jdbc.queryForList("SELECT pg_advisory_xact_lock(hashtextextended('start ' || ?, 0))", key);
            Answer answer = api.post("/api/sagas", body("Rome"), "Idempotency-Key", key).expect(409);
            assertThat(answer.code()).isEqualTo("IDEMPOTENCY_KEY_IN_FLIGHT");
        });
        api.post("/api/sagas", body("Rome"), "Idempotency-Key", key).expect(202);
    }

    @Test
    void oneKeyStartsOneSagaHoweverManyAsk() {
        String key = UUID.randomUUID().toString();
        List<Answer> answers = together(IntStream.range(0, 40)
                .mapToObj(i -> api.postAsync("/api/sagas", body("Rome"), "Idempotency-Key", key))
                .toList());
        assertThat(answers).allMatch(a -> a.status() == 202 || a.code().equals("IDEMPOTENCY_KEY_IN_FLIGHT"));
        assertThat(answers.stream().filter(a -> a.status() == 202).map(a -> a.json().get("saga_id").asString()))
                .isNotEmpty().containsOnly(jdbc.queryForObject("SELECT saga_id FROM start_key WHERE key = ?", String.class, key));
    }

    @Test
    void anIdThatIsTakenIsAConflict() {
        String id = UUID.randomUUID().toString();
        String body = "{\"definition\":\"trip\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"Rome\"}}";
        List<Answer> answers =
                together(IntStream.range(0, 10).mapToObj(i -> api.postAsync("/api/sagas", body)).toList());
        assertThat(answers.stream().filter(a -> a.status() == 202)).hasSize(1);
        assertThat(answers.stream().filter(a -> a.status() != 202)).allMatch(a -> a.code().equals("SAGA_EXISTS"));
        ends(id, "COMPLETED");
        assertThat(PARTICIPANTS.receivedTypes(id)).containsOnlyOnce("HotelBook");
    }

    @Test
    void manyAtOnceAllEnd() {
        List<String> ids = together(IntStream.range(0, 300).mapToObj(i -> api.postAsync("/api/sagas", body("Rome"))).toList())
                .stream().map(a -> a.expect(202).json().get("saga_id").asString()).toList();
        await().untilAsserted(() -> assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM saga WHERE id = ANY (?) AND status = 'COMPLETED'", Long.class,
                        (Object) ids.toArray(String[]::new)))
                .isEqualTo(300));
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM timer WHERE saga_id = ANY (?)", Long.class, (Object) ids.toArray(String[]::new)))
                .isZero();
        ids.forEach(id -> assertThat(PARTICIPANTS.received(id))
                .extracting(message -> message.get("type").asString() + message.path("attempt").asInt(0))
                .as("each attempt is sent once")
                .doesNotHaveDuplicates());
    }

    @Test
    void startsAreRefusedWhileThereIsTooMuchToDo() {
        jdbc.update("INSERT INTO timer SELECT 'overdue-' || n, now() - interval '1 hour' FROM generate_series(1, 5001) n");
        try {
            await().untilAsserted(() -> {
                Answer answer = api.post("/api/sagas", body("Rome")).expect(429);
                assertThat(answer.response().headers().firstValue("Retry-After")).isPresent();
                assertThat(answer.json().get("detail").asString()).containsPattern("\\d{4,} sagas are overdue");
            });
        } finally {
            jdbc.update("DELETE FROM timer WHERE saga_id LIKE 'overdue-%'");
        }
        await().untilAsserted(() -> api.post("/api/sagas", body("Rome")).expect(202));
    }

    @Test
    void everythingNeedsTheToken() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(api.base() + "/api/sagas")).build();
        var answer = java.net.http.HttpClient.newHttpClient()
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private static List<Answer> together(List<CompletableFuture<Answer>> answers) {
        return answers.stream().map(CompletableFuture::join).collect(Collectors.toCollection(ArrayList::new));
    }
}
