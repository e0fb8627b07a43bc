package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.Participants;
import io.mediasaga.orchestrator.support.Participants.Does;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Orchestrators that come and go on the same database. */
class ReplicasTest {

    private static final String YAML = IntegrationTest.resource("/trip.yaml")
            .replace("commands.", "commands.replicas.").replace("events.", "events.replicas.")
            .replaceAll("name: (hotels|flights|cars),", "name: replica-$1,")
            .replaceAll("participant: ", "participant: replica-");
    /** Its first step has little time. */
    private static final String HASTY = YAML.replace("name: trip}", "name: hasty-trip}")
            .replace("    - name: BookHotel\n", "    - name: BookHotel\n      timeout: 4s\n");
    private static final SagaDefinition TRIP = SagaDefinitions.load(YAML, "trip.yaml");
    private static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext orchestrator() throws Exception {
        Path file = Files.writeString(folder.resolve("trip.yaml"), YAML);
        Path hasty = Files.writeString(folder.resolve("hasty-trip.yaml"), HASTY);
        Map<String, Object> properties = new HashMap<>(DATABASE.properties("orchestrator"));
        properties.put("spring.config.name", "orchestrator");
        properties.put("server.port", 0);
        properties.put("mediasaga.api.token", Api.TOKEN);
        properties.put("mediasaga.messaging.service", "replicas");
        properties.put("mediasaga.messaging.topics.partitions", 3);
        properties.put("mediasaga.definitions[0]", file.toString());
        properties.put("mediasaga.definitions[1]", hasty.toString());
        properties.put("mediasaga.orchestrator.timers.grace", "2s");
        properties.put("spring.jmx.enabled", false);
        String[] arguments = properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
        return new SpringApplicationBuilder(OrchestratorApplication.class).run(arguments);
    }

    private static Api api(ConfigurableApplicationContext context) {
        return new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    @Test
    void sagasSurviveWhateverReplicaRunsThem() throws Exception {
        try (var participants = new Participants(TRIP, EmbeddedServers.shared().kafka().bootstrapServers())) {
            List<String> ids = new ArrayList<>();
            var first = orchestrator();
            String silent = UUID.randomUUID().toString();
            participants.script(silent, "BOOK_HOTEL", Does.STAY_SILENT);
            start(api(first), "hasty-trip", silent);
            var second = orchestrator();
            for (int i = 0; i < 60; i++) {
                ids.add(start(api(i % 2 == 0 ? first : second), "trip", UUID.randomUUID().toString()));
            }
            first.close();
            for (int i = 0; i < 20; i++) {
                ids.add(start(api(second), "trip", UUID.randomUUID().toString()));
            }
            second.close();
            var third = orchestrator();
            Api api = api(third);
            await().untilAsserted(() -> {
                assertThat(api.get("/api/sagas?limit=200&definition=trip&state=COMPLETED").json().get("items").size()).isEqualTo(80);
                assertThat(api.saga(silent).get("state").asString()).isEqualTo("COMPENSATED");
            });
            await().untilAsserted(() -> ids.forEach(id -> assertThat(participants.receivedTypes(id))
                    .startsWith("HotelBook").endsWith("SagaCompleted")));
            third.close();
        }
    }

    @Test
    void whatOneReplicaWasGivenTheOtherTakesAtOnce() throws Exception {
        try (var first = orchestrator();
                var second = orchestrator()) {
            String yaml = YAML.replace("name: trip}", "name: other-trip}");
            String body = "{\"definition\":\"other-trip\",\"data\":{\"city\":\"Rome\"}}";
            String definition = "/api/definitions/default/other-trip";
            api(second).post("/api/sagas", body).expect(404);
            api(first).put(definition, yaml).expect(201);
            api(second).post("/api/sagas", body).expect(202);

            api(second).post(definition + "/suspend", "").expect(200);
            api(second).post("/api/sagas", body).expect(409);
            api(first).post(definition + "/resume", "").expect(200);
            api(second).post("/api/sagas", body).expect(202);
        }
    }

    private static String start(Api api, String definition, String id) {
        api.post("/api/sagas", "{\"definition\":\"" + definition + "\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"Rome\"}}").expect(202);
        return id;
    }
}
