package io.mediasaga.orchestrator.console.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrowseTest {

    @Test
    void aTimeIsReadWithAndWithoutItsZone() {
        assertThat(at("2026-01-31T12:00").time()).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(at("2026-01-31T12:00:01Z").time()).isEqualTo(Instant.parse("2026-01-31T12:00:01Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "2026-13-45T99:99", "+999999999-12-31T23:59:59Z", "-0044-03-15T00:00:00Z", "+999999999-12-31T23:59"})
    void aTimeThatNobodyCanLookForIsUnclear(String at) {
        assertThat(at(at).time()).isNull();
        assertThat(at(at).unclear()).isTrue();
    }

    private static Browse at(String at) {
        return new Browse(null, "time", at, null, null, 50);
    }
}
