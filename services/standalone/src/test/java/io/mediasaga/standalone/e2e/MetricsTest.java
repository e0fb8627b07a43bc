package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a running platform measures is what alerts and dashboards ask for, and tells what goes wrong. */
@Timeout(900)
class MetricsTest {

    private static final Path CHART = Path.of("../../charts/mediasaga/files");
    private static final byte[] FILE = "something to publish as it is".getBytes(StandardCharsets.UTF_8);
    private static final Map<String, Object> AS_IT_IS = Map.of("profile", "passthrough");
    private static final List<String> PATHS = List.of("", "/api/assets", "/api/quotas", "/uploads", "/api/processing", "/media");
    private static final Pattern NAME = Pattern.compile("\\b(?:mediasaga|http_server|hikaricp|jvm|process)_[a-z_]+");
    private static final Pattern MATCHERS = Pattern.compile("(" + NAME.pattern() + ")\\{([^}]*)}");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=~?\"|([a-z_]+)!=");
    private static final Pattern SAMPLE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    /** A label that the cluster's Prometheus adds. */
    private static final Set<String> OF_THE_SCRAPE = Set.of("namespace");

    @TempDir
    static Path folder;

    static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(
                folder.resolve("data"),
                Map.of(
                        "mediasaga.messaging.retry.backoff", "50ms",
                        "mediasaga.messaging.consumer.lag-interval", "200ms",
                        "spring.datasource.hikari.connection-timeout", "1000"));
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    private record Sample(String name, String labels, double value) {}

    private static List<Sample> scrape() throws Exception {
        List<Sample> samples = new ArrayList<>();
        for (String path : PATHS) {
            String text = stage.calls().get(path + "/actuator/prometheus").response().body();
            for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
                Matcher sample = SAMPLE.matcher(line);
                if (sample.matches()) {
                    String labels = sample.group(2) == null ? "" : sample.group(2);
                    samples.add(new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3))));
                }
            }
        }
        return samples;
    }

    private static double sum(List<Sample> samples, String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(sample -> List.of(labels).stream().allMatch(sample.labels()::contains))
                .mapToDouble(Sample::value)
                .filter(value -> !Double.isNaN(value))
                .sum();
    }

    private static double now(String name, String... labels) throws Exception {
        return sum(scrape(), name, labels);
    }

    @Test
    void whatAlertsAndDashboardsAskForIsMeasured() throws Exception {
        Place.Begun saga = stage.publish(Place.SHIPPED, FILE, AS_IT_IS);
        Place.Begun held = heldAtItsEnd();
        await().untilAsserted(() ->
                assertThat(now("mediasaga_sagas_waiting", "state=\"held\"", "step=\"MarkPublished\"")).isEqualTo(1));
        List<Sample> samples = scrape();
        Map<String, Set<String>> measured = new HashMap<>();
        samples.forEach(sample -> measured.computeIfAbsent(sample.name(), name -> new HashSet<>()).add(sample.labels()));

        for (String expression : expressions()) {
            for (Matcher name = NAME.matcher(expression); name.find(); ) {
                assertThat(measured).as(expression).containsKey(name.group());
            }
            for (Matcher one = MATCHERS.matcher(expression); one.find(); ) {
                for (Matcher label = LABEL.matcher(one.group(2)); label.find(); ) {
                    String wanted = label.group(1) == null ? label.group(2) : label.group(1);
                    assertThat(OF_THE_SCRAPE.contains(wanted)
                                    || measured.getOrDefault(one.group(1), Set.of()).stream()
                                            .anyMatch(labels -> labels.matches("(.*,)?" + wanted + "=.*")))
                            .as(wanted + " in " + expression)
                            .isTrue();
                }
            }
        }
        assertThat(samples.stream().filter(sample -> sample.name().startsWith("mediasaga_")))
                .as("no identifiers among the labels, so that there are not more series with more sagas")
                .allSatisfy(sample -> assertThat(sample.labels())
                        .doesNotContain(saga.sagaId(), saga.assetId(), held.sagaId(), held.assetId()));
        assertThat(sum(samples, "mediasaga_sagas_ended_seconds_count", "outcome=\"completed\"")).isPositive();
        assertThat(sum(samples, "mediasaga_step_seconds_bucket", "step=\"Publish\"", "le=\"+Inf\"")).isPositive();
        assertThat(sum(samples, "mediasaga_messages_published_total", "service=\"media\"")).isPositive();
        assertThat(sum(samples, "mediasaga_cache_requests_total", "result=\"miss\"")).isPositive();
        stage.calls().post("/api/sagas/" + held.sagaId() + "/cancel", Map.of("reason", "over"));
    }

    /** A dead letter, too. */
    private static Place.Begun heldAtItsEnd() throws Exception {
        double dead = now("mediasaga_messages_dead_total", "service=\"media\"");
        double retried = now("mediasaga_messages_retried_total", "service=\"media\"");
        stage.execute("ALTER TABLE media.asset ADD CONSTRAINT nothing_may_be_published CHECK (status <> 'PUBLISHED') NOT VALID");
        try {
            Place.Begun held = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
            assertThat(stage.upload(held, FILE).status()).isEqualTo(204);
            assertThat(stage.awaitState(held, "HELD").path("held_cause").asString("")).isEqualTo("STEP_FAILED");
            await().untilAsserted(() -> {
                List<Sample> samples = scrape();
                assertThat(sum(samples, "mediasaga_messages_dead_total", "service=\"media\"")).isEqualTo(dead + 1);
                assertThat(sum(samples, "mediasaga_messages_retried_total", "service=\"media\"")).isEqualTo(retried + 4);
                assertThat(sum(samples, "mediasaga_sagas_holds_total", "cause=\"step_failed\"")).isPositive();
            });
            return held;
        } finally {
            stage.execute("ALTER TABLE media.asset DROP CONSTRAINT nothing_may_be_published");
        }
    }

    @Test
    void theOutboxAgesWhileKafkaIsAway() throws Exception {
        io.mediasaga.standalone.platform.Inside.kafka(stage.platform()).stop();
        Place.Begun begun;
        try {
            begun = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
            await().untilAsserted(() ->
                    assertThat(now("mediasaga_outbox_age_seconds", "service=\"orchestrator\"")).isGreaterThan(3));
        } finally {
            io.mediasaga.standalone.platform.Inside.kafka(stage.platform()).restart();
        }
        assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        stage.awaitState(begun, "COMPLETED");
        await().untilAsserted(() ->
                assertThat(now("mediasaga_outbox_age_seconds", "service=\"orchestrator\"")).isZero());
    }

    @Test
    void aServiceThatIsAwayFallsBehind() throws Exception {
        stage.away("quota");
        Place.Begun begun;
        try {
            begun = stage.begin(Place.SHIPPED, FILE.length, AS_IT_IS);
            await().untilAsserted(() ->
                    assertThat(now("mediasaga_consumer_lag", "service=\"quota\"")).isPositive());
        } finally {
            stage.back("quota");
        }
        assertThat(stage.upload(begun, FILE).status()).isEqualTo(204);
        stage.awaitState(begun, "COMPLETED");
        await().untilAsserted(() ->
                assertThat(now("mediasaga_consumer_lag", "service=\"quota\"")).isZero());
    }

    @Test
    void connectionsThatAreNotToBeHadAreCounted() throws Exception {
        double before = now("hikaricp_connections_timeout_total");
        stage.platform().postgres().kill();
        try {
            await().untilAsserted(() ->
                    assertThat(now("hikaricp_connections_timeout_total")).isGreaterThan(before));
        } finally {
            stage.platform().postgres().restart();
        }
        await().ignoreExceptions().untilAsserted(() -> stage.publish(Place.SHIPPED, FILE, AS_IT_IS));
    }

    /** All queries that come with the chart. */
    private static List<String> expressions() throws IOException {
        List<String> all = new ArrayList<>();
        String rules = Files.readString(CHART.resolve("alerts.yaml"));
        Object groups = ((Map<?, ?>) new org.yaml.snakeyaml.Yaml().load(rules)).get("groups");
        for (Object group : (List<?>) groups) {
            for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                all.add(String.valueOf(((Map<?, ?>) rule).get("expr")));
            }
        }
        assertThat(all).hasSizeGreaterThan(10);
        for (String dashboard : List.of("saga-flow.json", "dashboard.json")) {
            JsonNode panels = Calls.JSON.readTree(Files.readString(CHART.resolve(dashboard))).path("panels");
            panels.forEach(panel -> panel.path("targets").forEach(target -> all.add(target.path("expr").asString(""))));
        }
        JsonNode ofASaga = Calls.JSON.readTree(Files.readString(
                Path.of("../../operator/src/main/resources/io/mediasaga/operator/render/dashboard.json")));
        ofASaga.path("panels").forEach(panel -> panel.path("targets").forEach(target -> all.add(target.path("expr").asString(""))));
        return all.stream().filter(expression -> !expression.contains("service=\"operator\"")).collect(Collectors.toList());
    }
}
