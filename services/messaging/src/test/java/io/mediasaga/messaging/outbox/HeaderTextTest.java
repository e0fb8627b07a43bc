package io.mediasaga.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a:b,c{}[]", "\"", "\\", "a\"b\\c", "line\nbreak", "\u0001", "\u00e4\u4e2d\ud83d\ude00", "\\u0041", " "})
    void everyTextComesBack(String text) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("first", text);
        headers.put("k" + text, "last");

        assertThat(HeaderText.read(HeaderText.write(headers))).containsExactlyEntriesOf(headers);
        assertThat(HeaderText.write(headers)).isEqualTo(Json.write(headers));
    }

    @Test
    void noHeadersAreAnEmptyObject() {
        assertThat(HeaderText.write(Map.of())).isEqualTo("{}");
        assertThat(HeaderText.read("{}")).isEmpty();
    }

    @Test
    void readsWhatOthersWroteWithSpaces() {
        assertThat(HeaderText.read("{ \"a\" : \"1\",\n \"b\" : \"\" }")).isEqualTo(Map.of("a", "1", "b", ""));
    }
}
