package io.mediasaga.orchestrator.saga;

import io.mediasaga.orchestrator.Loop;
import io.mediasaga.orchestrator.Looping;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** How many sagas have been due for more than five seconds; looked up once a second, cheap to ask. */
@Component
public class OverdueTimers implements Looping {

    private final Loop loop;
    private volatile long count;

    OverdueTimers(TimerStore timers, OrchestratorProperties properties, MeterRegistry registry) {
        long limit = Math.max(properties.starts().maxOverdue() + 1, 10_000);
        this.loop = new Loop("overdue-timers", Duration.ofSeconds(1), () -> {
            count = timers.overdue(limit);
            return false;
        });
        Gauge.builder("mediasaga.timers.overdue", this, OverdueTimers::count)
                .description("Sagas that have been due for more than five seconds")
                .register(registry);
    }

    public long count() {
        return count;
    }

    @Override
    public Loop loop() {
        return loop;
    }
}
