package io.mediasaga.orchestrator.start;

import io.mediasaga.messaging.Backlog;
import io.mediasaga.orchestrator.OrchestratorProperties;
import io.mediasaga.orchestrator.saga.OverdueTimers;
import io.mediasaga.orchestrator.saga.Pulse;
import io.mediasaga.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Refuses starts while there is too much to do already. Asks for numbers that are measured once a second. */
@Component
class Backpressure {

    private static final int RETRY_SECONDS = 2;

    private final Backlog backlog;
    private final OverdueTimers timers;
    private final Pulse pulse;
    private final OrchestratorProperties.Starts settings;

    Backpressure(Backlog backlog, OverdueTimers timers, Pulse pulse, OrchestratorProperties properties) {
        this.backlog = backlog;
        this.timers = timers;
        this.pulse = pulse;
        this.settings = properties.starts();
    }

    /** @throws ProblemException 429 when starts have to wait */
    void check() {
        long unsent = backlog.unsent();
        if (unsent > settings.maxUnsent()) {
            throw refusal(unsent + " messages wait to be sent");
        }
        long overdue = timers.count();
        if (overdue > settings.maxOverdue()) {
            throw refusal(overdue + " sagas are overdue");
        }
        long lag = pulse.lag();
        if (lag > settings.maxLag()) {
            throw refusal(lag + " replies wait to be taken");
        }
    }

    static ProblemException refusal(String why) {
        return new ProblemException(
                        HttpStatus.TOO_MANY_REQUESTS, "BACKLOG",
                        "No sagas are started just now: %s. Try again later".formatted(why))
                .retryAfter(RETRY_SECONDS);
    }
}
