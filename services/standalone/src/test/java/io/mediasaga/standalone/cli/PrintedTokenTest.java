package io.mediasaga.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintedTokenTest {

    private static String token(String line) {
        return new PrintedToken(line, Duration.ofMinutes(3)).token();
    }

    @Test
    void theTokenIsWhatTheCommandPrints() {
        assertThat(token("printf c2VjcmV0 | base64 -d; echo")).isEqualTo("secret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            exit 3                       | ended with status 3
            no-such-command-at-all       | ended with status 127
            true                         | printed nothing
            echo two words               | printed something that is no token
            cat; exit 0                  | printed nothing
            head -c 9000 /dev/zero       | printed something that is no token
            """)
    void whatGoesWrongIsSaidWithTheCommand(String line, String why) {
        assertThatThrownBy(() -> token(line)).isInstanceOf(UsageException.class).hasMessageContaining(line).hasMessageContaining(why);
    }

    @Test
    void aCommandThatHangsIsEnded() {
        assertThatThrownBy(() -> new PrintedToken("sleep 600 & wait", Duration.ofMillis(300)).token())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("takes longer");
        // the kernel takes its time to end what was killed, and the JVM to hear of it
        await().untilAsserted(() -> assertThat(ProcessHandle.current().descendants()
                        .filter(child -> child.info().commandLine().orElse("").contains("sleep 600")))
                .isEmpty());
    }
}
