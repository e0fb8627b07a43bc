package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import io.mediasaga.embedded.OwnServers;
import io.mediasaga.messaging.consumer.Listeners;
import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants;
import io.mediasaga.orchestrator.support.Participants.Does;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** Servers that are away for several times a step's timeout, and an orchestrator that does not listen for a while. */
class OutageTest {

    private static final Duration OUTAGE = Duration.ofSeconds(8);
    private static final String TRIP = IntegrationTest.resource("/trip.yaml");
    /** Its first step is due in the outage, and not before it; the others have the time that a busy machine needs. */
    private static final String STEADY = IntegrationTest.hasty("steady", "BookHotel", "6s");
    private static final String HASTY = IntegrationTest.hasty("hasty", "BookHotel", "2s");
    /** One of its topics is not there. */
    private static final String LOST = IntegrationTest.hasty("lost", "BookFlight", "2s")
            .replace("commands.flight.book", "commands.lost.book");
    private static final SagaDefinition DEFINITION = SagaDefinitions.load(TRIP, "trip.yaml");
    private static final String[] STRAIGHT = {"SAGA_STARTED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SAGA_COMPLETED"};

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext orchestrator(OwnServers servers) throws Exception {
        Map<String, Object> properties = new HashMap<>(servers.properties("orchestrator"));
        properties.put("spring.config.name", "orchestrator");
        properties.put("server.port", 0);
        properties.put("mediasaga.api.token", Api.TOKEN);
        properties.put("mediasaga.messaging.create-topics", false);
        properties.put("mediasaga.orchestrator.timers.poll", "50ms");
        properties.put("mediasaga.orchestrator.timers.grace", "5s");
        properties.put("mediasaga.orchestrator.starts.max-lag", 20);
        properties.put("spring.jmx.enabled", false);
        int i = 0;
        for (String yaml : List.of(STEADY, HASTY, LOST)) {
            Path file = Files.writeString(folder.resolve(i + ".yaml"), yaml);
            properties.put("mediasaga.definitions[" + i++ + "]", file.toString());
        }
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(OrchestratorApplication.class).run(arguments);
    }

    private static Api api(ConfigurableApplicationContext context) {
        return new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    private static Api.Answer tryStart(Api api, String definition, String id) {
        return api.post("/api/sagas", """
                {"definition": "%s", "saga_id": "%s", "data": {"city": "Rome"}}""".formatted(definition, id));
    }

    private static String start(Api api, String definition, String id) {
        tryStart(api, definition, id).expect(202);
        return id;
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }

    private static void hasCome(Participants participants, String saga, String type) {
        await().until(() -> participants.receivedTypes(saga).contains(type));
    }

    private static void ends(Api api, String id, String state) {
        await().pollInterval(Duration.ofMillis(100)).untilAsserted(() ->
                assertThat(api.saga(id).get("state").asString()).as("%s", api.get("/api/sagas/" + id + "/history").body())
                        .isEqualTo(state));
    }

    /** It ended well, and each step had one attempt. */
    private static void wentStraight(Api api, String id) {
        ends(api, id, "COMPLETED");
        assertThat(api.get("/api/sagas/" + id + "/history").json().get("items").valueStream()
                        .map(line -> line.get("kind").asString()))
                .containsExactly(STRAIGHT);
    }

    private static void staysAtItsFirstAttempt(Api api, List<String> ids, Duration time) {
        await().during(time).atMost(time.plusMinutes(2)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            for (String id : ids) {
                JsonNode saga = api.saga(id);
                assertThat(saga.get("state").asString()).isEqualTo("RUNNING");
                assertThat(saga.get("current").get("attempt").intValue()).as(saga.toString()).isEqualTo(1);
            }
        });
    }

    /** One story, because servers of one's own take a while to start. */
    @Test
    void sagasSurviveWhatIsNoParticipantsFault() throws Exception {
        try (var servers = new OwnServers(folder)) {
            servers.startKafka();
            try (var participants = new Participants(DEFINITION, servers.kafka())) {
                ConfigurableApplicationContext first = orchestrator(servers);
                String early = start(api(first), "steady", id());
                wentStraight(api(first), early);
                aMissingTopicStopsNobodyElse(api(first), participants);
                repliesThatNobodyReadsInTime(first);
                ConfigurableApplicationContext second = kafkaGoesAway(servers, participants, first);
                postgresGoesAway(servers, participants, second);
                second.close();
            }
        }
    }

    private static void aMissingTopicStopsNobodyElse(Api api, Participants participants) {
        String silent = id();
        participants.script(silent, "BOOK_HOTEL", Does.STAY_SILENT);
        String lost = start(api, "lost", id());
        start(api, "hasty", silent);
        ends(api, silent, "COMPENSATED");
        ends(api, lost, "COMPENSATED");
        assertThat(api.saga(lost).get("reason").asString()).contains("BookFlight did not answer");
    }

    private static void repliesThatNobodyReadsInTime(ConfigurableApplicationContext context) {
        Api api = api(context);
        context.getBean(Listeners.class).stop();
        List<String> ids = IntStream.range(0, 25).mapToObj(i -> start(api, "hasty", id())).toList();
        staysAtItsFirstAttempt(api, ids, Duration.ofSeconds(6));
        Api.Answer refused = tryStart(api, "hasty", id()).expect(429);
        assertThat(refused.json().get("detail").asString()).contains("replies wait to be taken");
        assertThat(refused.response().headers().firstValue("Retry-After")).isPresent();

        context.getBean(Listeners.class).start();

        ids.forEach(id -> wentStraight(api, id));
        await().untilAsserted(() -> wentStraight(api, start(api, "hasty", id())));
    }

    /** Also over a restart of the orchestrator. */
    private ConfigurableApplicationContext kafkaGoesAway(
            OwnServers servers, Participants participants, ConfigurableApplicationContext first) throws Exception {
        String answeredLater = id();
        participants.script(answeredLater, "BOOK_HOTEL", Does.STAY_SILENT);
        start(api(first), "steady", answeredLater);
        hasCome(participants, answeredLater, "HotelBook");
        servers.stopKafka();

        List<String> ids = new ArrayList<>(IntStream.range(0, 5).mapToObj(i -> start(api(first), "hasty", id())).toList());
        String silent = id();
        participants.script(silent, "BOOK_HOTEL", Does.STAY_SILENT);
        start(api(first), "hasty", silent);
        ids.addAll(List.of(silent, answeredLater));
        staysAtItsFirstAttempt(api(first), ids, OUTAGE);
        first.close();
        ConfigurableApplicationContext second = orchestrator(servers);
        Api api = api(second);
        staysAtItsFirstAttempt(api, ids, Duration.ofSeconds(3));

        servers.startKafka();

        participants.answer(answeredLater, "BOOK_HOTEL");
        ids.remove(silent);
        ids.forEach(id -> wentStraight(api, id));
        ends(api, silent, "COMPENSATED");
        assertThat(api.saga(silent).get("reason").asString()).contains("BookHotel did not answer within 2s");
        return second;
    }

    /** The reply comes in time, but there is no database to take it into until long after. */
    private static void postgresGoesAway(
            OwnServers servers, Participants participants, ConfigurableApplicationContext context) {
        Api api = api(context);
        List<String> ids = IntStream.range(0, 5).mapToObj(i -> id()).toList();
        ids.forEach(id -> participants.script(id, "BOOK_HOTEL", Does.STAY_SILENT));
        ids.forEach(id -> start(api, "steady", id));
        ids.forEach(id -> hasCome(participants, id, "HotelBook"));
        servers.killPostgres();
        ids.forEach(id -> participants.answer(id, "BOOK_HOTEL"));
        long killedAt = System.nanoTime();
        await().until(() -> System.nanoTime() - killedAt > OUTAGE.toNanos());

        servers.startPostgres();

        await().ignoreExceptions().until(() -> api.saga(ids.getFirst()) != null);
        ids.forEach(id -> wentStraight(api, id));
    }
}
