package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.e2e.Collector.Told;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A saga is one trace: what a collector gets of the whole platform. */
@Timeout(900)
class TracesTest {

    private static final String CALLER = "00f067aa0ba902b7";
    private static final byte[] FILE = "something to publish as it is".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    static Collector collector;
    static Stage stage;

    @BeforeAll
    static void open() throws IOException {
        collector = Collector.open();
        stage = Stage.open(
                folder.resolve("data"),
                Map.of(
                        "mediasaga.tracing.endpoint", collector.address(),
                        "mediasaga.tracing.ratio", "1",
                        "mediasaga.tracing.interval", "100ms",
                        "mediasaga.messaging.retry.backoff", "50ms",
                        "mediasaga.log.format", "logstash"));
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
        collector.close();
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static String traceparent(String trace, String flags) {
        return "00-" + trace + "-" + CALLER + "-" + flags;
    }

    @Test
    void aSagaIsOneTraceOverHttpOutboxKafkaAndFFmpeg() throws Exception {
        byte[] clip = Files.readAllBytes(SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(2)));
        String trace = newTrace();
        Place.Begun saga = begin(trace, "01", Map.of("content_type", "video/mp4", "profile", "hls"), clip.length);
        assertThat(stage.upload(saga, clip).status()).isEqualTo(204);
        stage.awaitState(saga, "COMPLETED");

        var spans = Spans.await(trace, "saga publish-media-asset", "handle SagaCompleted");
        Told post = spans.one("POST /api/sagas");
        assertThat(post.parent()).isEqualTo(CALLER);
        assertThat(post.kind()).isEqualTo(SpanKind.SPAN_KIND_SERVER);
        Told whole = spans.one("saga publish-media-asset");
        assertThat(whole.parent()).isEqualTo(post.id());
        assertThat(whole.failed()).isFalse();
        for (String step : List.of("CreateAsset", "ReserveQuota", "PrepareIngest", "WaitFileUploaded", "ProcessMedia", "Publish", "MarkPublished")) {
            Told told = spans.one(step);
            assertThat(told.parent()).as(step).isEqualTo(whole.id());
            assertThat(told.start()).as(step).isBetween(whole.start(), whole.end());
        }
        spans.line("CreateAsset", "commands.asset.create", "AssetCreate", "media", "events.asset.created", "AssetCreated");
        spans.line("ReserveQuota", "commands.quota.reserve", "QuotaReserve", "quota", "events.quota.reserved", "QuotaReserved");
        spans.line("PrepareIngest", "commands.ingest.prepare", "IngestPrepare", "ingest", "events.ingest.ready", "IngestReady");
        spans.line("MarkPublished", "commands.asset.mark_published", "AssetMarkPublished", "media", "events.asset.published", "AssetPublished");

        Told received = spans.one("receive upload");
        assertThat(spans.parentOf(received).name()).isEqualTo("handle IngestPrepare");
        assertThat(spans.parentOf(spans.one("publish events.ingest.uploaded"))).isEqualTo(received);
        assertThat(spans.parentOf(spans.one("handle IngestUploaded")).name()).isEqualTo("publish events.ingest.uploaded");

        Told run = spans.one("run ProcessingStart");
        assertThat(run.service()).isEqualTo("processing");
        assertThat(spans.parentOf(run).name()).isEqualTo("handle ProcessingStart");
        assertThat(spans.named("ffprobe")).isNotEmpty().allSatisfy(child -> assertThat(child.parent()).isEqualTo(run.id()));
        assertThat(spans.named("ffmpeg")).hasSizeGreaterThanOrEqualTo(2).allSatisfy(child -> {
            assertThat(child.parent()).isEqualTo(run.id());
            assertThat(child.failed()).isFalse();
        });
        assertThat(spans.parentOf(spans.one("publish events.processing.succeeded"))).isEqualTo(run);
        assertThat(spans.orphans()).as("spans whose parent nobody told of").isEmpty();
        assertThat(collector.all())
                .filteredOn(span -> span.sagaId().equals(saga.sagaId()))
                .allSatisfy(span -> assertThat(span.trace()).isEqualTo(trace));
        logLinesNameTheTrace(trace);
        metricsNameTheTrace();
    }

    private static void logLinesNameTheTrace(String trace) {
        await().untilAsserted(() -> {
            List<String> lines = Files.readAllLines(stage.platform().data().path("logs/mediasaga.log"));
            assertThat(lines)
                    .anyMatch(line -> line.contains("\"trace_id\":\"" + trace + "\"") && line.contains("SAGA_COMPLETED"));
        });
    }

    /** Exemplars. */
    private static void metricsNameTheTrace() throws Exception {
        Set<String> traces = collector.all().stream().map(Told::trace).collect(Collectors.toSet());
        try (HttpClient http = HttpClient.newHttpClient()) {
            String metrics = http.send(
                            HttpRequest.newBuilder(URI.create(stage.platform().address() + "/actuator/prometheus"))
                                    .header("Accept", "application/openmetrics-text; version=1.0.0")
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            for (String name : List.of("mediasaga_step_seconds_bucket", "mediasaga_sagas_ended_seconds_bucket")) {
                assertThat(metrics.lines().filter(line -> line.startsWith(name + "{")))
                        .anyMatch(line -> traces.stream().anyMatch(trace -> line.contains("trace_id=\"" + trace + "\"")));
            }
        }
    }

    @Test
    void whatFailsIsTriedAgainAndRetriedByAPersonInTheSameTrace() throws Exception {
        String trace = newTrace();
        stage.execute("ALTER TABLE media.asset ADD CONSTRAINT nothing_may_be_published CHECK (status <> 'PUBLISHED') NOT VALID");
        Place.Begun saga;
        try {
            saga = begin(trace, "01", Map.of("profile", "passthrough"), FILE.length);
            assertThat(stage.upload(saga, FILE).status()).isEqualTo(204);
            stage.awaitState(saga, "HELD");
        } finally {
            stage.execute("ALTER TABLE media.asset DROP CONSTRAINT nothing_may_be_published");
        }
        Calls.Answer retried = stage.calls().post("/api/sagas/" + saga.sagaId() + "/retry", Map.of("reason", "mended"));
        assertThat(retried.status()).as(retried.toString()).isEqualTo(200);
        await().until(() -> stage.saga(saga).path("state").asString("").equals("COMPLETED"));

        var spans = Spans.await(trace, "saga publish-media-asset", "handle SagaCompleted");
        List<Told> handled = spans.named("handle AssetMarkPublished");
        assertThat(handled).filteredOn(Told::failed).hasSize(5);
        assertThat(handled.getFirst().message()).contains("nothing_may_be_published");
        assertThat(handled.stream().filter(Told::failed).skip(1))
                .allSatisfy(again -> assertThat(again.parent()).isEqualTo(handled.getFirst().id()));
        assertThat(spans.named("publish deadletters.media")).singleElement();
        Told whole = spans.one("saga publish-media-asset");
        assertThat(spans.named("MarkPublished")).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.parent()).isEqualTo(whole.id());
        });
        assertThat(spans.named("MarkPublished").getFirst().failed()).isTrue();
        assertThat(spans.one("MarkPublished until retried").parent()).isEqualTo(whole.id());
        assertThat(handled.getLast().failed()).isFalse();
        assertThat(spans.parentOf(spans.parentOf(handled.getLast()))).isEqualTo(spans.named("MarkPublished").getLast());
        assertThat(spans.orphans()).isEmpty();
    }

    @Test
    void eachMessageOfABatchContinuesItsOwnTraceAndOneWithoutBeginsOne() throws Exception {
        String first = newTrace();
        String second = newTrace();
        String unwanted = newTrace();
        var messages = Map.of(
                "first", traceparent(first, "01"),
                "second", traceparent(second, "01"),
                "unwanted", traceparent(unwanted, "00"),
                "malformed", "00-" + newTrace() + "-xyz-01",
                "foreign", "");
        String run = UUID.randomUUID().toString().substring(0, 8);
        Map<String, Object> settings = Map.of("bootstrap.servers", stage.kafka(), "acks", "all", "linger.ms", "200");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            messages.forEach((name, header) -> {
                var record = new ProducerRecord<String, String>("commands.asset.create", """
                        {"message_id":"m-%1$s-%2$s","saga_id":"s-%1$s-%2$s","type":"AssetCreate","step":"CREATE_ASSET",\
                        "created_at":"2026-01-10T12:00:00Z","payload":{"asset_id":"a-%1$s-%2$s"}}""".formatted(run, name));
                if (!header.isEmpty()) {
                    record.headers().add("traceparent", header.getBytes(StandardCharsets.UTF_8));
                }
                producer.send(record);
            });
        }
        await().untilAsserted(() ->
                assertThat(List.of("first", "second", "malformed", "foreign"))
                        .allSatisfy(name -> assertThat(handling(run, name)).isNotNull()));

        for (String name : List.of("first", "second")) {
            Told span = handling(run, name);
            assertThat(span).isNotNull();
            assertThat(span.parent()).isEqualTo(CALLER);
            assertThat(span.trace()).isEqualTo(name.equals("first") ? first : second);
        }
        for (String name : List.of("malformed", "foreign")) {
            Told span = handling(run, name);
            assertThat(span).isNotNull();
            assertThat(span.parent()).isEmpty();
            await().untilAsserted(() -> assertThat(collector.ofTrace(span.trace()))
                    .extracting(Told::name)
                    .contains("publish events.asset.created"));
        }
        assertThat(collector.ofTrace(unwanted)).isEmpty();
    }

    private static @Nullable Told handling(String run, String name) {
        return collector.all().stream()
                .filter(span -> ("m-" + run + "-" + name).equals(span.attributes().get("messaging.message.id")))
                .findFirst()
                .orElse(null);
    }

    private static Place.Begun begin(String trace, String flags, Map<String, Object> more, long size) throws Exception {
        var begun = new Place.Begun(UUID.randomUUID().toString(), UUID.randomUUID().toString());
        Map<String, Object> data = new HashMap<>(Map.of(
                "asset_id", begun.assetId(), "owner_id", "owner", "title", "A title", "file_name", "clip.mp4",
                "content_type", "application/octet-stream", "size_bytes", size));
        data.putAll(more);
        Calls.Answer answer = stage.calls().send(
                "POST",
                "/api/sagas",
                Calls.json(Map.of("definition", Place.SHIPPED, "saga_id", begun.sagaId(), "data", data)),
                Map.of("Content-Type", "application/json", "traceparent", traceparent(trace, flags)));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return begun;
    }

    /** The spans of one trace. */
    private record Spans(List<Told> all) {

        static Spans await(String trace, String... names) {
            return org.awaitility.Awaitility.await().until(() -> of(trace), spans ->
                    List.of(names).stream().noneMatch(name -> spans.named(name).isEmpty()) && spans.orphans().isEmpty());
        }

        static Spans of(String trace) {
            return new Spans(collector.ofTrace(trace).stream()
                    .sorted(java.util.Comparator.comparingLong(Told::start))
                    .toList());
        }

        List<Told> named(String name) {
            return all.stream().filter(span -> span.name().equals(name)).toList();
        }

        Told one(String name) {
            List<Told> named = named(name);
            assertThat(named).as(name + " of " + all.stream().map(Told::name).toList()).hasSize(1);
            return named.getFirst();
        }

        Told parentOf(Told child) {
            return all.stream().filter(span -> span.id().equals(child.parent())).findFirst().orElseThrow();
        }

        List<Told> orphans() {
            Set<String> ids = all.stream().map(Told::id).collect(Collectors.toSet());
            return all.stream().filter(span -> !span.parent().equals(CALLER) && !ids.contains(span.parent())).toList();
        }

        /** From a step over the command and its handler to the reply and who takes it, each the child of the one before. */
        void line(String step, String command, String type, String service, String event, String replyType) {
            Told publish = childNamed(one(step), "publish " + command);
            assertThat(publish.service()).isEqualTo("orchestrator");
            assertThat(publish.kind()).isEqualTo(SpanKind.SPAN_KIND_PRODUCER);
            Told handle = childNamed(publish, "handle " + type);
            assertThat(handle.service()).isEqualTo(service);
            assertThat(handle.kind()).isEqualTo(SpanKind.SPAN_KIND_CONSUMER);
            Told reply = childNamed(handle, "publish " + event);
            assertThat(reply.service()).isEqualTo(service);
            assertThat(all)
                    .filteredOn(span -> span.parent().equals(reply.id()) && span.name().equals("handle " + replyType))
                    .extracting(Told::service)
                    .contains("orchestrator");
        }

        private Told childNamed(Told parent, String name) {
            return all.stream()
                    .filter(span -> span.parent().equals(parent.id()) && span.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(name + " is no child of " + parent.name()));
        }
    }
}
