package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many sagas are running, compensating and held, looked up every few seconds and never by a scrape. */
@Component
class SagaGauges implements Looping {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final List<String> STATUSES = List.of("RUNNING", "COMPENSATING", "HELD");

    private final JdbcTemplate jdbc;
    private final Loop loop;
    private volatile Map<String, Long> counts = Map.of();

    SagaGauges(JdbcTemplate jdbc, MeterRegistry registry) {
        this.jdbc = jdbc;
        this.loop = new Loop("saga-gauges", INTERVAL, () -> {
            counts = count();
            return false;
        });
        for (String status : STATUSES) {
            Gauge.builder("mediasaga.sagas.active", () -> counts.getOrDefault(status, 0L))
                    .tag("state", status.toLowerCase(Locale.ROOT))
                    .description("Sagas that have not ended")
                    .register(registry);
        }
    }

    private Map<String, Long> count() {
        return jdbc.query(
                        "SELECT status, count(*) FROM saga WHERE ended_at IS NULL GROUP BY status",
                        (rs, i) -> Map.entry(rs.getString(1), rs.getLong(2)))
                .stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Loop loop() {
        return loop;
    }
}
