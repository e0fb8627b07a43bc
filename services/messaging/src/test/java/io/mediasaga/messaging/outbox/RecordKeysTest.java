package io.mediasaga.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordKeysTest {

    @Test
    void everyKeyComesBackAsItWas() {
        var random = new Random(7);
        for (int i = 0; i < 1000; i++) {
            byte[] key = new byte[random.nextInt(20)];
            random.nextBytes(key);
            assertThat(RecordKeys.toBytes(RecordKeys.toText(key))).isEqualTo(key);
        }
        for (String key : new String[] {"", "saga-1", "hex:", "hex:00", "hex:zz", "ä€😀", "a\0b"}) {
            String text = RecordKeys.toText(key.getBytes(UTF_8));
            assertThat(text).doesNotContain("\0");
            assertThat(RecordKeys.toBytes(text)).isEqualTo(key.getBytes(UTF_8));
        }
        assertThat(RecordKeys.toText(null)).isNull();
        assertThat(RecordKeys.toBytes(null)).isNull();
    }

    @Test
    void headersThatAreNoTextComeBackAsTheyWere() {
        var headers = new RecordHeaders();
        headers.add("text", "grün".getBytes(UTF_8));
        headers.add("binary", new byte[] {(byte) 0xff, 0, 1});
        headers.add("nothing", null);

        Map<String, String> map = HeaderText.toMap(headers);
        var back = HeaderText.toHeaders(HeaderText.read(HeaderText.write(map)));

        assertThat(back.lastHeader("text").value()).isEqualTo("grün".getBytes(UTF_8));
        assertThat(back.lastHeader("binary").value()).isEqualTo(new byte[] {(byte) 0xff, 0, 1});
        assertThat(map).containsEntry("nothing", "");
    }
}
