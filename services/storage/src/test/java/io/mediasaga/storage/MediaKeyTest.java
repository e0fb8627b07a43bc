package io.mediasaga.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a/../b", "a/./b", ".hidden", "a/.hidden", "a\\b", "a b",
        "a\u0000b", "ä", "a%2e", "store:store:a", "a:b", "a\nb", "~/x y"
    })
    void refusesWhatCouldEscape(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> MediaKey.parse(path));
    }

    @Test
    void refusesTooLongOnes() {
        assertThatIllegalArgumentException().isThrownBy(() -> MediaKey.of("a".repeat(129)));
        assertThatIllegalArgumentException().isThrownBy(() -> MediaKey.of("a/".repeat(300) + "a"));
    }

    @Test
    void readsUrisAndPaths() {
        assertThat(MediaKey.parse("store:uploads/1/source")).isEqualTo(MediaKey.of("uploads/1/source"));
        assertThat(MediaKey.parse("uploads/1/source").uri()).isEqualTo("store:uploads/1/source");
        assertThat(MediaKey.of("uploads/1/source").name()).isEqualTo("source");
    }

    @Test
    void keepsForeignIdentifiersApartAndInside() {
        MediaKey folder = MediaKey.of("outputs");
        assertThat(folder.child("asset-1").value()).isEqualTo("outputs/asset-1");
        MediaKey hostile = folder.child("../../etc/passwd");
        assertThat(hostile.isBelow(folder)).isTrue();
        assertThat(hostile.childIn(folder)).isEqualTo(hostile);
        assertThat(hostile.resolve("a/b").childIn(folder)).isEqualTo(hostile);
        assertThatIllegalArgumentException().isThrownBy(() -> folder.childIn(folder));
        assertThat(hostile.value()).matches("outputs/~[A-Za-z0-9_-]{43}");
        assertThat(folder.child(hostile.name())).as("a name that looks like ours").isNotEqualTo(hostile);
        assertThat(folder.child("ä".repeat(64))).isNotEqualTo(folder.child("ö".repeat(64)));
    }
}
