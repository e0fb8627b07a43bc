package io.mediasaga.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(900)
class SupervisedProcessTest {

    @TempDir
    Path folder;

    private final Queue<String> told = new ConcurrentLinkedQueue<>();

    @Test
    void aChildThatDiesIsStartedAgainAndItIsSaid() {
        try (SupervisedProcess child = start("sleep", "600")) {
            long first = child.pid();
            ProcessHandle.of(first).orElseThrow().destroyForcibly();
            await().until(() -> child.pid() != first && child.isAlive());
            await().untilAsserted(() -> assertThat(told).hasSize(2));
            assertThat(told.peek()).contains("sleeper (process " + first + ") ended with status 137").contains("started again in 1 s");
        }
    }

    @Test
    void aChildThatIsStoppedStaysStopped() {
        SupervisedProcess child = start("sleep", "600");
        child.close();
        await().until(() -> !child.isAlive());
        assertThat(told).isEmpty();
    }

    private SupervisedProcess start(String... command) {
        return new SupervisedProcess("sleeper", List.of(command), folder.resolve("log"), told::add);
    }
}
