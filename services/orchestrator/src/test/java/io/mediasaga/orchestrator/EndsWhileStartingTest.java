package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An orchestrator that waits for its database, for minutes, and is told to end meanwhile. */
@Timeout(900)
class EndsWhileStartingTest {

    @Test
    void itEndsWithoutItsDatabase(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process process = start(output);
        try {
            await().until(() -> Files.readString(output).contains("Retrying in") || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
            process.destroy();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
            assertThat(Files.readString(output)).as("in good order, not by force").doesNotContain("Not everything has ended");
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(Path output) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                        "-cp", System.getProperty("java.class.path"), OrchestratorApplication.class.getName(),
                        "--server.port=0",
                        "--mediasaga.api.token=for-tests-only-0123456789abcdef",
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:" + Ports.claim("nobody", 0) + "/mediasaga",
                        "--spring.kafka.bootstrap-servers=127.0.0.1:" + Ports.claim("nobody", 0))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
