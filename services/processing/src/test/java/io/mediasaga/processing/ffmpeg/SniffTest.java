package io.mediasaga.processing.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SniffTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#EXTM3U\n#EXTINF:1,\n/etc/passwd",
                "\ufeff#EXTM3U\n",
                "  \n#extm3u",
                "ffconcat version 1.0\nfile '/etc/passwd'",
                "file '/etc/passwd'\nduration 3\n",
                "<?xml version='1.0'?><MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>",
                "<MPD>",
                "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
                "[playlist]\nFile1=/etc/passwd"
            })
    void playlistsAreSeen(String text) {
        assertThat(Sniff.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Sniff.PLAYLIST);
    }

    @ParameterizedTest
    @CsvSource({
        "000000206674797069736f6d, MEDIA", "1a45dfa3, MEDIA", "52494646000000004156492020, MEDIA", "4f676753, MEDIA",
        "664c6143, MEDIA", "fffb9064, MEDIA", "4944330400, MEDIA", "ffd8ffe0, IMAGE", "89504e470d0a1a0a, IMAGE",
        "524946460000000057454250, IMAGE", "474946383961, IMAGE", "255044462d312e37, OTHER", "504b0304, OTHER",
        "fffe68006500, OTHER", "68656c6c6f, OTHER", "3c68746d6c3e, OTHER"
    })
    void whatItIs(String hex, Sniff expected) {
        assertThat(Sniff.of(HexFormat.of().parseHex(hex))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {""})
    void nothing(String text) {
        assertThat(Sniff.of(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(Sniff.EMPTY);
    }
}
