package io.mediasaga.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFoldersTest {

    @TempDir
    private Path root;

    @Test
    void whatADeadProcessLeftGoesAndWhatALivingOneHasStays() throws Exception {
        Path dead = Files.createDirectories(root.resolve("worker-dead/job"));
        Files.writeString(dead.resolve("part"), "…");
        Files.writeString(root.resolve("worker-dead/lock"), "");
        try (WorkFolders living = WorkFolders.open(root);
                WorkFolders other = WorkFolders.open(root)) {
            Path job = living.create();

            other.deleteAbandoned();

            assertThat(job).isDirectory();
            assertThat(dead).doesNotExist();
        }
        assertThat(root).isEmptyDirectory();
    }
}
