package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Json;
import org.junit.jupiter.api.Test;

/** How much of a value a page shows. */
class IndentedTest {

    private static final int LONGEST = 64 * 1024;

    @Test
    void jsonHasIndentsAndWhatIsNoneIsLeftAlone() {
        assertThat(Indented.of("{\"a\":[1,2]}").text()).isEqualTo(Json.mapper().readTree("{\"a\":[1,2]}").toPrettyString());
        assertThat(Indented.of(Json.mapper().readTree("{\"a\":1}")).text()).contains("\n");
        assertThat(Indented.of("no JSON {")).isEqualTo(new Indented("no JSON {", false));
        assertThat(Indented.of("17")).isEqualTo(new Indented("17", false));
        assertThat(Indented.of(null)).isEqualTo(new Indented("", false));
    }

    @Test
    void ofWhatIsLongThereIsTheBeginning() {
        String json = "{\"a\":\"" + "x".repeat(1_000_000) + "\"}";
        assertThat(Indented.of(json).text()).hasSize(LONGEST).startsWith("{\n");
        assertThat(Indented.of(json).cut()).isTrue();
        assertThat(Indented.of("x".repeat(LONGEST + 1)).cut()).isTrue();
        assertThat(Indented.of("x".repeat(LONGEST)).cut()).isFalse();
    }

    @Test
    void whatIndentsWouldMakeVeryLongHasNone() {
        String deep = "{\"a\":".repeat(300) + "[" + "{\"b\":1},".repeat(500) + "1]" + "}".repeat(300);
        assertThat(Indented.of(deep)).isEqualTo(new Indented(deep, false));
    }
}
