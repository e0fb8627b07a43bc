package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S, 500ms", "30s, PT30S, 30s", "90s, PT1M30S, 1m30s", "5m, PT5M, 5m", "2h, PT2H, 2h",
        "26h, PT26H, 26h", "7d, PT168H, 168h", "1d2h3m4s5ms, PT0S, ''", "1h30m, PT1H30M, 1h30m", "0s, PT0S, 0s",
        "999999d, PT23999976H, 23999976h"
    })
    void readsAndWrites(String text, Duration duration, String written) {
        if (written.isEmpty()) {
            assertThatIllegalArgumentException().as("five parts").isThrownBy(() -> Durations.parse(text));
            return;
        }
        assertThat(Durations.parse(text)).isEqualTo(duration);
        assertThat(Durations.format(duration)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "30", "s", "30 s", "-5s", "1.5h", "30sec", "PT30S", "1w", "30S", "5m ", "5m\n", "9999999s"})
    void refusesWhatIsNone(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("is no duration; write numbers with units");
    }

    @Test
    void writesWhatItReads() {
        for (long millis : new long[] {1, 999, 1_000, 59_999, 60_000, 3_599_999, 3_600_000, 86_400_000, 93_784_005}) {
            Duration duration = Duration.ofMillis(millis);
            assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
        }
    }
}
