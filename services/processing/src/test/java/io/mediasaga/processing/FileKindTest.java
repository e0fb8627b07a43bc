package io.mediasaga.processing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.storage.MediaKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileKindTest {

    @ParameterizedTest
    @CsvSource({
        "clip.mp4, clip.mp4",
        "Grüße aus Köln.MOV, Grusse-aus-Koln.mov",
        "../../etc/passwd, passwd",
        "C:\\temp\\a.txt, a.txt",
        ".htaccess, file.htaccess",
        "a..b...c.txt, a.b.c.txt",
        "'<script>.svg', script.svg",
        "poster.jpg, file-poster.jpg",
        "POSTER.JPG, file-POSTER.jpg",
        "日本.mp4, file.mp4",
        "a/, file",
        "'', file"
    })
    void namesBecomePlain(String given, String safe) {
        assertThat(FileKind.safeName(given)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000\u0001", "...", "----", "con", "a\nb.txt", "%2e%2e%2f", "x.verylongending"})
    void everyNameIsAKey(String given) {
        assertThat(MediaKey.of("a").resolve(FileKind.safeName(given)).value()).startsWith("a/");
    }

    @Test
    void longNamesAreCut() {
        assertThat(FileKind.safeName("x".repeat(500) + ".mp4")).hasSize(84).endsWith(".mp4");
    }
}
