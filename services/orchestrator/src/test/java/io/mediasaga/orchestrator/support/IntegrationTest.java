package io.mediasaga.orchestrator.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.orchestrator.OrchestratorApplication;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;

/** The orchestrator on real servers, with scripted participants. One context for all such tests. */
@SpringBootTest(
        classes = OrchestratorApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=orchestrator",
            "mediasaga.api.token=" + Api.TOKEN,
            "mediasaga.messaging.topics.partitions=3",
            "mediasaga.orchestrator.timers.poll=50ms",
            "mediasaga.orchestrator.definition-poll=500ms"
        })
public abstract class IntegrationTest {

    private static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();
    /** Where people sign in who have no token to paste. */
    protected static final TestProvider PROVIDER = new TestProvider();
    protected static final SagaDefinition TRIP = SagaDefinitions.load(resource("/trip.yaml"), "trip.yaml");
    protected static final Participants PARTICIPANTS =
            new Participants(TRIP, EmbeddedServers.shared().kafka().bootstrapServers());

    @Autowired
    protected JdbcTemplate jdbc;

    @Autowired
    private Environment environment;

    protected Api api;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("orchestrator").forEach((name, value) -> registry.add(name, () -> value));
        registry.add("mediasaga.auth.issuer", PROVIDER::address);
        registry.add("mediasaga.auth.client-id", () -> TestProvider.CLIENT);
        registry.add("mediasaga.auth.client-secret", () -> TestProvider.SECRET);
    }

    @BeforeEach
    void putTheDefinition() {
        api = new Api(environment.getRequiredProperty("local.server.port", Integer.class));
        assertThat(api.put("/api/definitions/default/trip", resource("/trip.yaml")).status()).isIn(200, 201);
    }

    /** The trip under another name. */
    public static String named(String name) {
        return resource("/trip.yaml").replace("name: trip}", "name: " + name + "}");
    }

    /** The trip with a short timeout of one step, under another name; all others have the time that a busy machine needs. */
    public static String hasty(String name, String step, String timeout) {
        return named(name).replace("    - name: " + step + "\n", "    - name: " + step + "\n      timeout: " + timeout + "\n");
    }

    public static String resource(String name) {
        try (var in = IntegrationTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    protected JsonNode ends(String id, String state) {
        await().pollInterval(Duration.ofMillis(50)).untilAsserted(() ->
                assertThat(api.saga(id).get("state").asString()).isEqualTo(state));
        return api.saga(id);
    }
}
