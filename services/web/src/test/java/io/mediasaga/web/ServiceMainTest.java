package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end does so, whatever it is at. */
@Timeout(900)
class ServiceMainTest {

    @TempDir
    Path folder;

    @Test
    void aStartThatWaitsIsGivenUp() throws Exception {
        assertThat(ended(Waits.class)).contains("the start was given up").doesNotContain("Not everything");
    }

    @Test
    void whatNeverEndsIsEndedAndNamed() throws Exception {
        assertThat(ended(NeverEnds.class)).contains("Not everything has ended within 1 s", "stubborn: ", "CountDownLatch.await");
    }

    /** What the program has said by its end, after it was told to end. */
    private String ended(Class<?> program) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                        System.getProperty("java.class.path"), program.getName())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().until(() -> Files.readString(output).contains("waiting") || !process.isAlive());
            process.destroy();
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(143);
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
        }
    }

    static final class Waits {
        private Waits() {}

        public static void main(String[] args) throws InterruptedException {
            var closed = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitIt(closed))); // as Spring's waits for the start
            ServiceMain.run(Duration.ofMinutes(5), () -> {
                try {
                    System.out.println("waiting");
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    System.out.println("the start was given up");
                    closed.countDown();
                }
            });
        }
    }

    static final class NeverEnds {
        private NeverEnds() {}

        public static void main(String[] args) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitIt(new CountDownLatch(1)), "stubborn"));
            ServiceMain.run(Duration.ofSeconds(1), () -> System.out.println("waiting"));
            awaitIt(new CountDownLatch(1));
        }
    }

    private static void awaitIt(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            awaitIt(latch);
        }
    }
}
