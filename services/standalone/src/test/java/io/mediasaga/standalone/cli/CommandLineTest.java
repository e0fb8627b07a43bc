package io.mediasaga.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@Timeout(900)
class CommandLineTest {

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path token;

    @BeforeEach
    void token() throws IOException {
        token = Files.writeString(folder.resolve("token"), "secret\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "dev", "down", "publish", "sagas", "sagas list", "sagas show", "sagas pause", "sagas resume",
        "sagas retry", "sagas skip", "sagas cancel", "dead-letters", "dead-letters list", "dead-letters show", "dead-letters redrive", "token"})
    void everyCommandHasHelp(String command) {
        assertThat(run((command + " --help").strip().split(" "))).isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("Usage: mediasaga").contains("--help");
    }

    @Test
    void theExitStatusIsDocumented() {
        run("--help");
        assertThat(out.toString()).contains("Exit status:").contains("a port is in use").contains("130");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fly", "sagas fly", "publish", "sagas show", "sagas list --key nothing", "dev --http-port 70000",
        "dead-letters redrive", "publish /no/such/file"})
    void wrongUseIsToldApart(String command) {
        String options = command.startsWith("sagas list") || command.startsWith("dead") ? " --token-file " + token : "";
        assertThat(run((command + options).strip().split(" "))).as(err.toString()).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void anEmptyFileIsRefusedBeforeAnythingIsStarted() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        assertThat(run("publish", empty.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("empty.mp4 is empty");
    }

    @Test
    void aPlatformThatIsAwayIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(run("sagas", "list", "--server", "http://127.0.0.1:" + port, "--token-file", token.toString()))
                .isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString()).contains("does not answer at http://127.0.0.1:" + port).contains("./mediasaga dev");
    }

    @Test
    void aMissingTokenIsNamed() {
        Path data = folder.resolve("none");
        assertThat(run("sagas", "list", "--data", data.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(data.resolve("token").toString()).contains("--token-file");
    }

    @Test
    void aPortInUseIsNamedWithTheOptionThatChangesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(run("dev", "--data", folder.resolve("data").toString(), "--http-port", port)).isEqualTo(ExitCode.PORT_IN_USE);
            assertThat(err.toString().strip()).isEqualTo("Port " + port + " for HTTP is in use: "
                    + "stop what listens there, or choose another with --http-port");
            err.getBuffer().setLength(0);
            assertThat(run("dev", "--data", folder.resolve("data").toString(), "--http-port", "0", "--kafka-port", "0",
                            "--redis-port", "0", "--postgres-port", port))
                    .isEqualTo(ExitCode.PORT_IN_USE);
            assertThat(err.toString()).contains("--postgres-port");
        }
    }

    @Test
    void aFolderOfSomebodyElseIsNotTouched() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("thesis.txt"), "years of work");
        assertThat(run("dev", "--fresh", "--data", mine.toString())).isEqualTo(ExitCode.CANNOT_START);
        assertThat(mine.resolve("thesis.txt")).exists();
        assertThat(err.toString()).contains(mine + " has files in it that are not the platform's");
    }

    @Test
    void tokensAreIssuedForTheFolderOfAPlatformOnly() throws Exception {
        assertThat(run("token", "--data", folder.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("No platform has run on " + folder);
        Path key = Files.createDirectories(folder.resolve("secrets")).resolve("issuer-key.json");
        assertThat(run("token", "--data", folder.toString(), "--role", "king")).isEqualTo(ExitCode.USAGE);
        assertThat(run("token", "--data", folder.toString(), "--hours", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("token", "--data", folder.toString(), "--name", "ada", "--role", "viewer,uploader", "--hours", "2"))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("secrets/issuer-public-keys.json"))).contains("\"keys\"").doesNotContain("\"d\"");
    }

    @Test
    void nothingToStopIsNoError() {
        assertThat(run("down", "--data", folder.resolve("none").toString())).isEqualTo(ExitCode.OK);
    }

    private int run(String... arguments) {
        CommandLine line = CommandLineMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return arguments.length == 1 && arguments[0].isEmpty() ? line.execute() : line.execute(arguments);
    }
}
