package io.mediasaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersMainTest {

    @Test
    void tellsEachServiceItsServersAndEndsWithItsInput(@TempDir Path folder) throws Exception {
        Path told = folder.resolve("told");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                        System.getProperty("java.class.path"), ServersMain.class.getName(), told.toString(), "media", "quota")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            Awaitility.await().until(() -> Files.exists(told.resolve("ready")) || !process.isAlive());
            assertThat(process.isAlive()).as(Files.readString(folder.resolve("log"))).isTrue();
            Map<String, String> media = read(told.resolve("media.env"));
            assertThat(userOf(media)).isEqualTo("media");
            assertThat(userOf(read(told.resolve("quota.env")))).isEqualTo("quota");
            String kafka = media.get("SPRING_KAFKA_BOOTSTRAPSERVERS");
            try (Socket broker = new Socket("127.0.0.1", Integer.parseInt(kafka.substring(kafka.indexOf(':') + 1)));
                    Socket redis = new Socket(media.get("SPRING_DATA_REDIS_HOST"), Integer.parseInt(media.get("SPRING_DATA_REDIS_PORT")))) {
                assertThat(broker.isConnected() && redis.isConnected()).isTrue();
            }
            process.getOutputStream().close();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static String userOf(Map<String, String> variables) throws SQLException {
        try (Connection connection = DriverManager.getConnection(variables.get("SPRING_DATASOURCE_URL"),
                        variables.get("SPRING_DATASOURCE_USERNAME"), variables.get("SPRING_DATASOURCE_PASSWORD"));
                var row = connection.createStatement().executeQuery("SELECT current_user")) {
            row.next();
            return row.getString(1);
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .collect(Collectors.toMap(line -> line.substring(0, line.indexOf('=')), line -> line.substring(line.indexOf('=') + 1)));
    }
}
