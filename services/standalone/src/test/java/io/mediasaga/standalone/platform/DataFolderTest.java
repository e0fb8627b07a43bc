package io.mediasaga.standalone.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @TempDir
    Path folder;

    @Test
    void secretsAreKeptAndOnlyTheirOwnerReadsThem() throws IOException {
        DataFolder data = DataFolder.at(folder.resolve("data")).prepare();
        String token = data.token();
        assertThat(token).hasSizeGreaterThan(30).isEqualTo(data.token());
        assertThat(data.secret("one")).isNotEqualTo(data.secret("other"));
        assertThat(permissions(data.tokenFile())).isEqualTo("rw-------");
        assertThat(permissions(data.path("secrets/one"))).isEqualTo("rw-------");
        assertThat(permissions(data.path("secrets"))).isEqualTo("rwx------");
    }

    @Test
    void droppingDeletesOnlyWhatIsOurs() throws IOException {
        DataFolder data = DataFolder.at(folder.resolve("data")).prepare();
        data.token();
        data.drop();
        assertThat(data.root()).doesNotExist();

        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("file"), "precious");
        assertThatThrownBy(() -> DataFolder.at(other).drop())
                .isInstanceOf(DataFolderException.class)
                .hasMessageContaining("--fresh will not delete " + other);
        assertThat(other.resolve("file")).exists();
    }

    @Test
    void aNoteOfAProcessThatIsGoneIsNotBelieved() throws IOException {
        DataFolder data = DataFolder.at(folder.resolve("data")).prepare();
        assertThat(data.running()).isEmpty();
        Process gone = new ProcessBuilder("true").start();
        gone.onExit().join();
        Files.writeString(data.path("running"), gone.pid() + " http://127.0.0.1:8080\n");
        assertThat(data.running()).isEmpty();
        Files.writeString(data.path("running"), "rubbish");
        assertThat(data.running()).isEmpty();
        data.noteRunning("http://127.0.0.1:8080");
        assertThat(data.running()).map(RunningPlatform::address).contains("http://127.0.0.1:8080");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
