package io.mediasaga.orchestrator;

import io.mediasaga.crd.definition.ResolvedReply;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.messaging.Json;
import io.mediasaga.orchestrator.support.Api;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * How many seven-step sagas the orchestrator moves in a second, with one bare participant for all steps; PostgreSQL, Kafka,
 * participant and client share the machine. Not run with the tests: {@code mvn test -Dtest=ThroughputBenchmark -Dsagas=20000}.
 */
class ThroughputBenchmark {

    private static final int SAGAS = Integer.getInteger("sagas", 10_000);
    private static final int AT_ONCE = Integer.getInteger("at-once", 200);
    private static final Path SAMPLE = Path.of("../../k8s/samples/publish-media-asset.yaml");

    private volatile boolean running = true;

    @Test
    void measure() throws Exception {
        SagaDefinition definition = SagaDefinitions.load(Files.readString(SAMPLE), "sample");
        TestDatabase database = EmbeddedServers.shared().newDatabase();
        String kafka = EmbeddedServers.shared().kafka().bootstrapServers();
        Map<String, Object> properties = new HashMap<>(database.properties("orchestrator"));
        properties.put("spring.config.name", "orchestrator");
        properties.put("server.port", 0);
        properties.put("mediasaga.api.token", Api.TOKEN);
        properties.put("mediasaga.definitions[0]", SAMPLE.toString());
        properties.put("logging.level.root", "WARN");
        try (var context = new SpringApplicationBuilder(OrchestratorApplication.class).run(properties.entrySet().stream()
                .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new))) {
            var api = new Api(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
            var jdbc = context.getBean(JdbcTemplate.class);
            Thread participant = Thread.ofPlatform().daemon(true).start(() -> participate(definition, kafka));
            TimeUnit.SECONDS.sleep(5);
            run(api, jdbc, Math.min(2000, SAGAS), "warm-up");
            run(api, jdbc, SAGAS, "measured");
            running = false;
            participant.join();
        }
    }

    private static void run(Api api, JdbcTemplate jdbc, int sagas, String name) throws Exception {
        jdbc.execute("DELETE FROM saga WHERE ended_at IS NOT NULL");
        long cpu = cpuNanos();
        long commits = commits(jdbc);
        long begin = System.nanoTime();
        var permits = new Semaphore(AT_ONCE);
        List<CompletableFuture<?>> starts = new ArrayList<>();
        for (int i = 0; i < sagas; i++) {
            permits.acquire();
            starts.add(api.postAsync("/api/sagas", """
                            {"definition":"publish-media-asset","data":{"owner_id":"o%d","title":"t","file_name":"f.mp4",
                             "content_type":"video/mp4","size_bytes":1000}}""".formatted(i % 100))
                    .whenComplete((answer, failure) -> permits.release())
                    .thenAccept(answer -> answer.expect(202)));
        }
        CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        double started = seconds(begin);
        while (ended(jdbc) < sagas) {
            TimeUnit.MILLISECONDS.sleep(50);
            if (seconds(begin) > 300) {
                throw new AssertionError(ended(jdbc) + " of " + sagas + " ended");
            }
        }
        double took = seconds(begin);
        double cpuMillis = (cpuNanos() - cpu) / 1e6;
        TimeUnit.SECONDS.sleep(2);
        System.out.printf(
                "%s: %d sagas, started in %.1f s, ended in %.1f s: %.0f/s, %.2f ms CPU and %.2f commits a saga; %s%n", name, sagas,
                started, took, sagas / took, cpuMillis / sagas, (double) (commits(jdbc) - commits) / sagas,
                jdbc.queryForMap("""
                        SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ended_at - started_at)::text AS p50,
                               percentile_disc(0.99) WITHIN GROUP (ORDER BY ended_at - started_at)::text AS p99,
                               max(length(state)) AS state_bytes FROM saga"""));
        System.out.println(jdbc.queryForMap("""
                SELECT n_tup_upd, n_tup_hot_upd, n_dead_tup, pg_size_pretty(pg_total_relation_size('saga')) AS size
                FROM pg_stat_user_tables WHERE relname = 'saga'"""));
    }

    private static long ended(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT count(*) FROM saga WHERE ended_at IS NOT NULL", Long.class);
    }

    private static long commits(JdbcTemplate jdbc) {
        return jdbc.queryForObject("SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()", Long.class);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void participate(SagaDefinition definition, String kafka) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka, "group.id", "bare", "auto.offset.reset", "earliest", "max.poll.records", 1000);
        var topics = new HashSet<>(definition.commandTopics());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
                var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", kafka, "linger.ms", 2),
                        new StringSerializer(), new StringSerializer())) {
            consumer.subscribe(topics);
            while (running) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> answer(definition, producer, record.value()));
            }
        }
    }

    private static void answer(SagaDefinition definition, KafkaProducer<String, String> producer, String value) {
        JsonNode command = Json.mapper().readTree(value);
        for (int i = 0; i < definition.steps().size(); i++) {
            var step = definition.steps().get(i);
            if (step.wireName().equals(command.get("step").asString())) {
                send(producer, command, step.success(), step.wireName());
                if (i + 1 < definition.steps().size() && definition.steps().get(i + 1).command() == null) {
                    send(producer, command, definition.steps().get(i + 1).success(), definition.steps().get(i + 1).wireName());
                }
            }
        }
    }

    private static void send(KafkaProducer<String, String> producer, JsonNode command, ResolvedReply as, String step) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("message_id", UUID.randomUUID().toString());
        envelope.put("saga_id", command.get("saga_id").asString());
        envelope.put("type", as.type());
        envelope.put("step", step);
        envelope.put("created_at", Instant.now().toString());
        Map<String, Object> payload = new HashMap<>();
        as.data().forEach(field -> payload.put(field.field(), "the value of " + field.field()));
        envelope.put("payload", payload);
        producer.send(new ProducerRecord<>(as.topic(), command.get("saga_id").asString(), Json.write(envelope)));
    }
}
