package io.mediasaga.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {

    @Test
    void aPlainIdStandsAsItIs() {
        assertThat(Addresses.slug("7c0e-4f.x_Y")).isEqualTo("7c0e-4f.x_Y");
        assertThat(Addresses.slugOfPart("7c0e-4f.x_Y")).isEqualTo("7c0e-4f.x_Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "a\\b", "a b", "ä", "%2e", "a;b", "a?b", "~player", "a\nb", "<script>", "\"x\""})
    void anyOtherIsReplacedByItsHash(String id) {
        String slug = Addresses.slug(id);

        assertThat(slug).matches("~[A-Za-z0-9_-]{43}");
        assertThat(Addresses.slugOfPart(slug)).as("an address leads back").isEqualTo(slug);
    }

    @Test
    void aBaseAddressStandsInFront() {
        var addresses = new Addresses(new PublishProperties("https://m.example/", Duration.ZERO, Duration.ZERO), "/media");

        assertThat(addresses.file("a1", "master.m3u8")).isEqualTo("https://m.example/media/a1/master.m3u8");
        assertThat(addresses.watch("a1")).isEqualTo("https://m.example/media/a1/");
        assertThat(addresses.optionalFile("a1", null)).isNull();
    }
}
