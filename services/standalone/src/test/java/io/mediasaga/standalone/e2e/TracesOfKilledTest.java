package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.processing.SampleClip;
import io.mediasaga.standalone.e2e.Collector.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes are killed in the middle of a saga, and what comes after is part of the same trace. */
@Timeout(900)
class TracesOfKilledTest {

    @TempDir
    Path folder;

    @Test
    void theSagaOfKilledProcessesIsOneTrace() throws Exception {
        byte[] clip = Files.readAllBytes(SampleClip.create(folder.resolve("clip.mp4"), Duration.ofSeconds(6)));
        try (Collector collector = Collector.open();
                Program program = Program.dev(
                        folder.resolve("data"),
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.address(),
                                "OTEL_TRACES_SAMPLER_ARG", "1.0",
                                "MEDIASAGA_TRACING_INTERVAL", "100ms"),
                        "--processes")) {
            Place.Begun saga = program.begin(Place.SHIPPED, clip.length, Map.of("profile", "hls"));
            assertThat(program.upload(saga, clip).status()).isEqualTo(204);
            String trace = await().until(() -> traceOf(collector, saga), found -> !found.isEmpty());
            await().until(() -> collector.ofTrace(trace).stream()
                    .anyMatch(span -> span.name().equals("handle ProcessingStart")));

            program.service("ProcessingApplication").destroyForcibly();
            program.service("OrchestratorApplication").destroyForcibly();
            program.awaitLine(Pattern.compile("processing runs again as process (\\d+)"));
            program.awaitLine(Pattern.compile("orchestrator runs again as process (\\d+)"));
            await().ignoreExceptions().until(() ->
                    program.saga(saga).path("state").asString("").equals("COMPLETED"));
            await().until(() -> collector.ofTrace(trace).stream()
                    .anyMatch(span -> span.name().equals("saga publish-media-asset")));

            List<Told> spans = collector.ofTrace(trace);
            Told whole = spans.stream().filter(span -> span.name().startsWith("saga ")).findFirst().orElseThrow();
            Set<String> steps = spans.stream()
                    .filter(span -> span.parent().equals(whole.id()))
                    .map(Told::name)
                    .collect(Collectors.toSet());
            // told by two orchestrators, one of which knew nothing of the other
            assertThat(steps).contains("CreateAsset", "PrepareIngest", "ProcessMedia", "Publish", "MarkPublished");
            Told run = spans.stream().filter(span -> span.name().equals("run ProcessingStart")).findFirst().orElseThrow();
            assertThat(Integer.parseInt(run.attributes().get("mediasaga.run"))).isGreaterThan(1);
            assertThat(spans).filteredOn(span -> span.id().equals(run.parent())).extracting(Told::name)
                    .containsExactly("handle ProcessingStart");
            assertThat(spans).filteredOn(span -> span.name().equals("ffmpeg"))
                    .isNotEmpty()
                    .allSatisfy(child -> assertThat(child.parent()).isEqualTo(run.id()));
            assertThat(collector.all())
                    .filteredOn(span -> span.sagaId().equals(saga.sagaId()))
                    .allSatisfy(span -> assertThat(span.trace()).isEqualTo(trace));
        }
    }

    private static String traceOf(Collector collector, Place.Begun saga) {
        return collector.all().stream()
                .filter(span -> span.sagaId().equals(saga.sagaId()))
                .map(Told::trace)
                .findFirst()
                .orElse("");
    }
}
