package io.mediasaga.operator.reconcile;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Healthy while every watch is; a replica that does not lead watches, too. */
final class OperatorHealth implements HealthIndicator {

    private final RunningOperator operator;

    OperatorHealth(RunningOperator operator) {
        this.operator = operator;
    }

    @Override
    public Health health() {
        return operator.healthy() ? Health.up().build() : Health.down().build();
    }
}
