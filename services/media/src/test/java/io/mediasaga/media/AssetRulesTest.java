package io.mediasaga.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetRulesTest {

    private static final String SMILE = "\uD83D\uDE00";

    @ParameterizedTest
    @ValueSource(strings = {"Ein schöner Film", "../../etc/passwd as a title is only text", "日本語", "' OR 1=1 --", "<b>"})
    void aTitleIsAnyText(String title) {
        assertThat(AssetRules.broken(withTitle(title))).isEmpty();
    }

    @Test
    void aTitleIsCountedInCharactersAsPeopleSeeThem() {
        assertThat(AssetRules.broken(withTitle(SMILE.repeat(200)))).isEmpty();
        assertRefused(withTitle(SMILE.repeat(201)), "INVALID_TITLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a\u0000b", "line\nbreak", "half \uD83D"})
    void aTitleIsPrintable(String title) {
        assertRefused(withTitle(title), "INVALID_TITLE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"film.mp4", "..hidden", "with blanks and (brackets).mov", "ünïcode.mkv", "a..b"})
    void aFileNameIsAName(String name) {
        assertThat(AssetRules.broken(withFile(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "/etc/passwd", "..", ".", "a\\b", "C:\\film.mp4", "a/b", "", " ", "a\u0000.mp4", "a\r\nb"})
    void aFileNameIsNoPath(String name) {
        assertRefused(withFile(name), "INVALID_FILE_NAME");
    }

    @Test
    void aFileNameHasItsLimit() {
        assertThat(AssetRules.broken(withFile("x".repeat(255)))).isEmpty();
        assertRefused(withFile("x".repeat(256)), "INVALID_FILE_NAME");
    }

    @ParameterizedTest
    @ValueSource(strings = {"video/mp4", "application/vnd.apple.mpegurl", "video/mp4; codecs=\"avc1.4d002a\""})
    void aContentTypeIsOne(String type) {
        assertThat(AssetRules.broken(new AssetCreate("a", null, null, null, type, null))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "video", "video/", "video/mp4\r\nX-Evil: 1", "a/b/c"})
    void anythingElseIsNoContentType(String type) {
        assertRefused(new AssetCreate("a", null, null, null, type, null), "INVALID_CONTENT_TYPE");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void anEmptyFileIsNone(long size) {
        assertRefused(new AssetCreate("a", null, null, null, null, size), "INVALID_SIZE");
    }

    @Test
    void reasonsAreCutAndMadePrintable() {
        assertThat(Text.tidy(null, 5)).isNull();
        assertThat(Text.tidy("\u0000", 5)).isNull();
        assertThat(Text.tidy("a\nb\uD83D", 9)).isEqualTo("a b");
        assertThat(Text.tidy(SMILE.repeat(9), 5)).isEqualTo(SMILE.repeat(5));
    }

    private static AssetCreate withTitle(String title) {
        return new AssetCreate("a", null, title, null, null, null);
    }

    private static AssetCreate withFile(String name) {
        return new AssetCreate("a", null, null, name, null, null);
    }

    private static void assertRefused(AssetCreate create, String code) {
        assertThat(AssetRules.broken(create).orElseThrow())
                .isInstanceOfSatisfying(Outcome.Failure.class, f -> assertThat(f.code()).isEqualTo(code));
    }
}
