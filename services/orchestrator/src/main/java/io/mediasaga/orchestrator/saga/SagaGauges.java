package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many sagas are where, looked up every few seconds and never by a scrape. */
@Component
class SagaGauges implements Looping {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final List<String> STATUSES = List.of("RUNNING", "COMPENSATING", "HELD");

    private final JdbcTemplate jdbc;
    private final Loop loop;
    private final MultiGauge waiting;
    private volatile Map<String, Long> counts = Map.of();

    private record Place(String definition, @Nullable String step, String status, long sagas) {}

    SagaGauges(JdbcTemplate jdbc, MeterRegistry registry) {
        this.jdbc = jdbc;
        this.loop = new Loop("saga-gauges", INTERVAL, () -> {
            look();
            return false;
        });
        for (String status : STATUSES) {
            Gauge.builder("mediasaga.sagas.active", () -> counts.getOrDefault(status, 0L))
                    .tag("state", status.toLowerCase(Locale.ROOT))
                    .description("Sagas that have not ended")
                    .register(registry);
        }
        this.waiting = MultiGauge.builder("mediasaga.sagas.waiting")
                .description("Sagas that have not ended, by the step that they are at")
                .register(registry);
    }

    private void look() {
        List<Place> places = jdbc.query(
                """
                SELECT definition, step, status, count(*) FROM saga WHERE ended_at IS NULL
                GROUP BY definition, step, status
                """,
                (rs, i) -> new Place(rs.getString(1), rs.getString(2), rs.getString(3), rs.getLong(4)));
        counts = places.stream().collect(Collectors.groupingBy(Place::status, Collectors.summingLong(Place::sagas)));
        waiting.register(places.stream().<MultiGauge.Row<?>>map(SagaGauges::row).toList(), true);
    }

    private static MultiGauge.Row<Number> row(Place place) {
        var tags = Tags.of(
                "definition", place.definition(),
                "step", Objects.requireNonNullElse(place.step(), ""),
                "state", place.status().toLowerCase(Locale.ROOT));
        return MultiGauge.Row.of(tags, place.sagas());
    }

    @Override
    public Loop loop() {
        return loop;
    }
}
