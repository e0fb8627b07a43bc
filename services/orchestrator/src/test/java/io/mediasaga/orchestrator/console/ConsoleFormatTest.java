package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How pages say things. */
class ConsoleFormatTest {

    private final ConsoleFormat format = new ConsoleFormat();

    @Test
    void anErrorOfTheDatabaseIsSaidWithoutStatementRowAndClass() {
        String error = "MarkPublished failed: DataIntegrityViolationException: PreparedStatementCallback; SQL [UPDATE asset SET status = ?\n"
                + "WHERE id = ?]; ERROR: new row for relation \"asset\" violates check constraint \"disk_quota\"\n"
                + "  Detail: Failing row contains (1, edith, (a), n…";
        assertThat(format.plain(error)).isEqualTo(
                "MarkPublished failed: ERROR: new row for relation \"asset\" violates check constraint \"disk_quota\"");
        assertThat(format.plain("IllegalStateException: no such car")).isEqualTo("IllegalStateException: no such car");
        assertThat(format.plain(null)).isEmpty();
    }

    @Test
    void aMomentBeforeTodayIsSaidWithItsDay() {
        // (unless a day ends between the two)
        assertThat(Stream.generate(() -> format.clock(Instant.now())).limit(2)).anyMatch(clock -> clock.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3}"));
        assertThat(format.clock(Instant.parse("2026-01-31T12:03:04.567Z"))).isEqualTo("01-31 12:03:04");
    }
}
