package io.mediasaga.orchestrator.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.orchestrator.OrchestratorApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs the page's saga with the page's participants: compiled, started and fed as a reader would. */
@TestInstance(Lifecycle.PER_CLASS)
class ParticipantExamplesTest {

    private static final String TOKEN = "for-tests-only-0123456789abcdef0123456789abcdef";

    private final TestDatabase database = EmbeddedServers.shared().newDatabase();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private URI api = URI.create("http://127.0.0.1");
    private JdbcClient stamps = JdbcClient.create(new org.springframework.jdbc.datasource.DriverManagerDataSource());

    @BeforeAll
    void startEverything(@TempDir Path directory) throws Exception {
        var examples = new Examples(directory);
        assumeTrue(
                examples.installPythonClient(),
                "No python3 with pip, or no package index: the Python example cannot run here");
        ConfigurableApplicationContext orchestrator = start(
                OrchestratorApplication.class,
                "orchestrator",
                Map.of(
                        "server.port", "0",
                        "mediasaga.api.token", TOKEN,
                        "mediasaga.definitions", examples.definition().toString()));
        api = URI.create("http://127.0.0.1:" + orchestrator.getEnvironment().getProperty("local.server.port"));

        ClassLoader classes = examples.compileJava();
        Thread.currentThread().setContextClassLoader(classes);
        ConfigurableApplicationContext participant = start(
                classes.loadClass("com.example.stamps.StampsApplication"),
                "stamps",
                Map.of("spring.main.web-application-type", "none"));
        stamps = participant.getBean(JdbcClient.class);

        Process labels = examples.startPython(EmbeddedServers.shared().kafka().bootstrapServers());
        open.add(() -> Examples.stop(labels));
    }

    private ConfigurableApplicationContext start(Class<?> application, String service, Map<String, String> settings) {
        var properties = new HashMap<String, Object>(database.properties(service));
        properties.putAll(settings);
        properties.put("spring.config.name", service);
        String[] arguments = properties.entrySet().stream()
                .map(p -> "--" + p.getKey() + "=" + p.getValue())
                .toArray(String[]::new);
        var context = new SpringApplicationBuilder(application).run(arguments);
        open.add(context);
        return context;
    }

    @AfterAll
    void stopEverything() throws Exception {
        for (AutoCloseable resource : open.reversed()) {
            resource.close();
        }
    }

    @Test
    void aSagaThroughBothParticipantsCompletes() throws Exception {
        String saga = startSaga("report");

        await()
                .untilAsserted(() -> assertThat(saga(saga).path("state").asString()).isEqualTo("COMPLETED"));

        Long number = stamps.sql("SELECT number FROM stamp WHERE document_id = 'report'")
                .query(Long.class)
                .single();
        assertThat(saga(saga).path("data").path("label").asString()).isEqualTo("report no. " + number);
    }

    @Test
    void aRefusalByThePythonParticipantIsCompensatedByTheJavaOne() throws Exception {
        String saga = startSaga("a/b");

        await()
                .untilAsserted(() -> assertThat(saga(saga).path("state").asString()).isEqualTo("COMPENSATED"));

        assertThat(saga(saga).path("reason").asString()).contains("has a slash in its name");
        assertThat(stamps.sql("SELECT count(*) FROM stamp WHERE document_id = 'a/b'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private String startSaga(String document) throws Exception {
        String body = json.writeValueAsString(
                Map.of("definition", "sign-document", "data", Map.of("document_id", document)));
        HttpResponse<String> response = http.send(
                request("/api/sagas")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return json.readTree(response.body()).path("saga_id").asString();
    }

    private JsonNode saga(String id) throws Exception {
        return json.readTree(http.send(
                        request("/api/sagas/" + id).build(), HttpResponse.BodyHandlers.ofString())
                .body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(api.resolve(path)).header("Authorization", "Bearer " + TOKEN);
    }
}
