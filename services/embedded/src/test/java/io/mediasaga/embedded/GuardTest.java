package io.mediasaga.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that is killed leaves no server behind, and its data are there for the next one. */
@Timeout(900)
class GuardTest {

    private static final String READY = "ready: ";

    @TempDir
    Path directory;

    @Test
    void serversEndWithTheProcessThatStartedThem() throws Exception {
        int postgres;
        int redis;
        Process parent = startParent();
        try (var lines = parent.inputReader()) {
            String[] ports = lines.lines()
                    .filter(line -> line.startsWith(READY))
                    .findFirst()
                    .orElseThrow()
                    .substring(READY.length())
                    .split(" ");
            postgres = Integer.parseInt(ports[0]);
            redis = Integer.parseInt(ports[1]);
        } finally {
            parent.destroyForcibly().waitFor();
        }
        await().until(() -> nobodyListens(postgres) && nobodyListens(redis));

        try (EmbeddedPostgres again = EmbeddedPostgres.start(PostgresOptions.in(directory))) {
            assertThat(again.show("fsync")).isEqualTo("on");
        }
    }

    private static boolean nobodyListens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !socket.isConnected();
        } catch (IOException e) {
            return true;
        }
    }

    private Process startParent() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Starts the servers, says their process ids, and waits to be killed. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(Path.of(args[0])));
            EmbeddedRedis redis = EmbeddedRedis.start(RedisOptions.defaults());
            System.out.println(READY + postgres.port() + " " + redis.port());
            new java.util.concurrent.CountDownLatch(1).await();
        }
    }
}
