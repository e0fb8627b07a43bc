package io.mediasaga.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TracingTest {

    private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String UNSAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private final Told told = new Told();

    private static final class Told implements SpanExporter {
        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> some) {
            spans.addAll(some);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private Tracing tracing(double ratio) {
        return new Tracing(SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                .setIdGenerator(new PresetIds())
                .addSpanProcessor(SimpleSpanProcessor.create(told))
                .build());
    }

    private static String here(@Nullable String traceparent) {
        return Objects.requireNonNull(traceparent);
    }

    @Test
    void offOnlyHandsOnWhatItIsGiven() {
        TraceSpan none = Tracing.off().begin(SpanKind.SERVER, "a", null);
        TraceSpan carried = Tracing.off().begin(SpanKind.SERVER, "a", SAMPLED);

        assertThat(none.traceparent()).isNull();
        assertThat(carried.traceparent()).isEqualTo(SAMPLED);
        assertThat(Tracing.off().later(SAMPLED, "x")).isEqualTo(SAMPLED);
        assertThat(carried.isRecorded()).isFalse();
    }

    @Test
    void aSpanContinuesTheTraceOfItsParent() {
        TraceSpan span = tracing(0).begin(SpanKind.SERVER, "POST", SAMPLED).with("a", "b");
        span.end();

        assertThat(told.spans).singleElement().satisfies(one -> {
            assertThat(one.getParentSpanId()).isEqualTo("b7ad6b7169203331");
            assertThat(span.traceparent()).isEqualTo("00-" + one.getTraceId() + "-" + one.getSpanId() + "-01");
        });
    }

    @Test
    void whatTheCallerDoesNotWantIsHandedOnUnchanged() {
        TraceSpan span = tracing(1).begin(SpanKind.SERVER, "POST", UNSAMPLED);
        span.end();

        assertThat(span.traceparent()).isEqualTo(UNSAMPLED);
        assertThat(told.spans).isEmpty();
    }

    @Test
    void aTraceThatBeginsHereAndIsNotSampledSaysSoToAllThatFollow() {
        TraceSpan first = tracing(0).begin(SpanKind.SERVER, "POST", null);
        TraceSpan second = tracing(1).begin(SpanKind.CONSUMER, "handle", first.traceparent());

        assertThat(here(first.traceparent())).endsWith("-00");
        assertThat(second.traceparent()).isEqualTo(first.traceparent());
    }

    @Test
    void whatIsToldLaterIsWhereItsChildrenSaidItWouldBe() {
        Tracing first = tracing(1);
        String step = first.later(SAMPLED, "saga", "STEP", "1");
        first.begin(SpanKind.PRODUCER, "publish", step).end();
        Instant since = Instant.parse("2026-01-10T12:00:00Z");
        Tracing afterARestart = tracing(1);

        assertThat(afterARestart.later(SAMPLED, "saga", "STEP", "1")).isEqualTo(step);
        assertThat(afterARestart.later(SAMPLED, "saga", "STEP", "2")).isNotEqualTo(step);
        assertThat(afterARestart.later(SAMPLED, "sagaS", "TEP", "1")).isNotEqualTo(step);
        afterARestart.tell(
                SAMPLED,
                new Tracing.Past("STEP", step, since, since.plusSeconds(3), Map.of("k", "v"), "it failed"));

        SpanData publish = told.spans.get(0);
        SpanData past = told.spans.get(1);
        assertThat(past.getSpanId()).isEqualTo(publish.getParentSpanId());
        assertThat(past.getParentSpanId()).isEqualTo("b7ad6b7169203331");
        assertThat(past.getEndEpochNanos() - past.getStartEpochNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(past.getStatus().getDescription()).isEqualTo("it failed");
    }

    @Test
    void childrenAreOfTheSpanThatIsCurrentAndThereAreNoneWithout() {
        Tracing.child("nobody's").end();
        TraceSpan run = tracing(1).begin(SpanKind.INTERNAL, "run", SAMPLED);
        try (var _ = run.makeCurrent()) {
            TraceSpan child = Tracing.child("ffmpeg");
            child.end();
            Tracing.currentFailed("no room");
        }
        run.end();

        assertThat(told.spans).extracting(SpanData::getName).containsExactly("ffmpeg", "run");
        assertThat(told.spans.get(0).getParentSpanId()).isEqualTo(told.spans.get(1).getSpanId());
        assertThat(told.spans.get(1).getStatus().getDescription()).isEqualTo("no room");
    }

    @Test
    void settingsThatCannotBeMeantAreRefusedWithWhatToDo() {
        assertThatThrownBy(() -> new TracingProperties("", 2, "", Duration.ofSeconds(1))).hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> new TracingProperties("collector", 1, "", Duration.ofSeconds(1)).tracesAddress())
                .hasMessageContaining("http://collector:4318");
        assertThat(new TracingProperties("http://c:4318/", 1, "a=b, c=d=e", Duration.ofSeconds(1)))
                .satisfies(p -> assertThat(p.tracesAddress()).isEqualTo("http://c:4318/v1/traces"))
                .satisfies(p -> assertThat(p.headerMap()).containsEntry("a", "b").containsEntry("c", "d=e"));
        assertThatThrownBy(() -> new TracingProperties("http://c", 1, "secret", Duration.ofSeconds(1)).headerMap())
                .hasMessageNotContaining("secret");
    }
}
