package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void comesBackAsItWent() {
        Instant time = Instant.parse("2026-01-10T12:00:00.123456Z");
        Cursor cursor = Cursor.parse(Cursor.of(time, 42L, "id with, \"ünusual\" characters").encode(), 3);

        assertThat(cursor).isNotNull();
        assertThat(cursor.instant(0)).isEqualTo(time);
        assertThat(cursor.number(1)).isEqualTo(42);
        assertThat(cursor.text(2)).isEqualTo("id with, \"ünusual\" characters");
    }

    @Test
    void noneMeansTheFirstPage() {
        assertThat(Cursor.parse(null, 2)).isNull();
        assertThat(Cursor.parse("", 2)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%%%", "null", "{}", "[1]", "[\"a\"]", "[\"a\",null]", "[\"a\",\"b\",\"c\"]", "["})
    void anythingElseIsRefused(String content) {
        String text = Base64.getUrlEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Cursor.parse(text, 2)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.parse(content, 2)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.parse("a".repeat(5000), 2)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.of("a", "b").instant(0)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> Cursor.of("a", "b").number(1)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aPageKnowsWhetherThereIsAnother() {
        CursorPage<String> page = CursorPage.of(List.of("a", "b", "c"), 2, Cursor::of);
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(Cursor.parse(page.nextCursor(), 1)).isEqualTo(Cursor.of("b"));

        assertThat(CursorPage.of(List.of("a", "b"), 2, Cursor::of).nextCursor()).isNull();
    }

    @Test
    void limitsAreBounded() {
        assertThat(PageLimit.of(null)).isEqualTo(50);
        assertThat(PageLimit.of(200)).isEqualTo(200);
        assertThatThrownBy(() -> PageLimit.of(0)).hasMessageContaining("from 1 to 200");
        assertThatThrownBy(() -> PageLimit.of(201)).hasMessageContaining("from 1 to 200");
    }
}
