package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorableTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\n\t\u0001\u007f", "\u00e9\ud83d\ude00", "\ud83d\ude00", "\uffff"})
    void textIsStored(String text) {
        assertThat(StorableText.is(text)).isTrue();
        assertThat(StorableText.shown(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0", "\0", "\ud83d", "\ud83dx", "x\ude00", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
    void halvesOfCharactersAndNulAreNot(String text) {
        assertThat(StorableText.is(text)).isFalse();
        assertThat(StorableText.is(StorableText.shown(text))).isTrue();
    }
}
