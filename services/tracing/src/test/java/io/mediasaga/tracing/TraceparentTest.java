package io.mediasaga.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static final String UNSAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    @Test
    void aHeaderOfTheStandardIsTakenAsItIs() {
        assertThat(Traceparent.valid(SAMPLED)).isEqualTo(SAMPLED);
        assertThat(Traceparent.valid(UNSAMPLED)).isEqualTo(UNSAMPLED);
        assertThat(Traceparent.traceId(SAMPLED)).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    }

    @Test
    void ofALaterVersionTheKnownFieldsAreTaken() {
        assertThat(Traceparent.valid("01" + SAMPLED.substring(2))).isEqualTo(SAMPLED);
        assertThat(Traceparent.valid("cc" + SAMPLED.substring(2) + "-more")).isEqualTo(SAMPLED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333\0-01"
            })
    void whatIsMalformedCountsAsAbsent(String header) {
        assertThat(Traceparent.valid(header)).isNull();
    }

    @Test
    void onlyTheFirstBitOfTheFlagsSaysThatSpansAreWanted() {
        assertThat(Traceparent.isSampled(SAMPLED)).isTrue();
        assertThat(Traceparent.isSampled(UNSAMPLED)).isFalse();
        assertThat(Traceparent.isSampled(UNSAMPLED.substring(0, 53) + "03")).isTrue();
        assertThat(Traceparent.isSampled(UNSAMPLED.substring(0, 53) + "02")).isFalse();
    }

    @Test
    void theThreadIsInTheTraceUntilTheScopeIsClosed() {
        try (var _ = Traceparent.within(SAMPLED)) {
            assertThat(Traceparent.current()).isEqualTo(SAMPLED);
        }
        assertThat(Traceparent.current()).isNull();
        try (var _ = Traceparent.within(null)) {
            assertThat(Traceparent.current()).isNull();
        }
    }
}
