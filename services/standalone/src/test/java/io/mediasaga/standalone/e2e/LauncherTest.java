package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a checkout of its own that is built already, on a machine on which we say what there is. */
@Timeout(900)
class LauncherTest {

    private static final Path JDK_25 = Path.of(System.getProperty("java.home"));
    private static final List<String> TOOLS = List.of("bash", "env", "sed", "dirname", "readlink", "find", "mkdir", "touch", "flock",
            "tee", "grep", "head", "tail", "rm", "mv", "sh", "setsid", "unshare", "setpriv", "id");

    @TempDir
    Path folder;

    Path checkout;
    Path programs;
    Path home;

    record Result(int status, String out, String err) {}

    @BeforeEach
    void layOut() throws Exception {
        checkout = folder.resolve("checkout");
        home = Files.createDirectories(folder.resolve("home"));
        programs = Files.createDirectories(folder.resolve("programs"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                if (Files.isExecutable(Path.of(place + tool)) && !Files.exists(programs.resolve(tool))) {
                    Files.createSymbolicLink(programs.resolve(tool), Path.of(place + tool));
                }
            }
        }
        for (String each : List.of("crds/src/main", "services/standalone/src/main", "services/standalone/target/lib", "k8s/samples")) {
            Files.createDirectories(checkout.resolve(each));
        }
        for (String each : List.of("pom.xml", "crds/pom.xml", "services/standalone/pom.xml")) {
            Files.createFile(checkout.resolve(each));
        }
        long past = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
        try (var all = Files.walk(checkout)) {
            for (Path each : all.toList()) {
                Files.setLastModifiedTime(each, FileTime.fromMillis(past));
            }
        }
        // JDKs that this machine really has in the usual places are not to be seen.
        String script = Files.readString(Path.of("../../mediasaga"))
                .replace("/usr/lib/jvm/", "/nowhere/").replace("/usr/java/", "/nowhere/").replace("/opt/", "/nowhere/")
                .replace("/Library/", "/nowhere/").replace("/usr/libexec/", "/nowhere/");
        executable(checkout.resolve("mediasaga"), script);
        program(checkout.resolve("services/standalone/target/standalone-0.jar"));
        Files.createFile(checkout.resolve("services/standalone/target/built"));
    }

    @Test
    void findsTheRightJavaWhereTheDefaultIsOlder() throws Exception {
        oldJava();
        Files.createSymbolicLink(Files.createDirectories(home.resolve(".jdks")).resolve("jdk-25"), JDK_25);

        Result result = launch(Map.of(), "help");

        assertThat(result.err()).isEmpty();
        assertThat(result.status()).isZero();
        assertThat(result.out()).startsWith("Usage: mediasaga");
    }

    @Test
    void takesJavaHomeWhenItIsRight() throws Exception {
        oldJava();
        Files.createSymbolicLink(programs.resolve("link-to-it"), checkout.resolve("mediasaga"));

        Result result = run(programs.resolve("link-to-it"), Map.of("JAVA_HOME", JDK_25.toString()), "--version");

        assertThat(result.status()).as(result.err()).isZero();
    }

    @Test
    void saysInOneLineWhatToInstallWhenThereIsNone() throws Exception {
        Path old = oldJava();
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("JAVA_HOME", old.toString()))) {
            Result result = launch(environment, "demo");
            assertThat(result.status()).isEqualTo(6);
            assertThat(result.out()).isEmpty();
            assertThat(result.err().lines()).singleElement().asString()
                    .startsWith("mediasaga needs a JDK 25: install one (")
                    .contains("apt install openjdk-25-jdk-headless", "JAVA_HOME");
        }
    }

    @Test
    void saysSoWhenThereIsNoMavenToBuildIt() throws Exception {
        Files.delete(checkout.resolve("services/standalone/target/built"));

        Result result = launch(Map.of("JAVA_HOME", JDK_25.toString()), "demo");

        assertThat(result.status()).isEqualTo(6);
        assertThat(result.err().lines()).singleElement().asString().contains("no Maven", "apt install maven");
    }

    @Test
    void aBuildThatFailsIsToldWithItsErrorsAndTriedAgainTheNextTime() throws Exception {
        Files.setLastModifiedTime(checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(60)));
        executable(programs.resolve("mvn"), """
                #!/bin/sh
                echo "[INFO] Building crds 0.1.0 [1/2]"
                echo "[ERROR] no such dependency"
                exit 1
                """);
        for (int i = 0; i < 2; i++) {
            Result result = launch(Map.of("JAVA_HOME", JDK_25.toString()), "demo");
            assertThat(result.status()).isEqualTo(6);
            assertThat(result.err()).contains("The build failed:", "[ERROR] no such dependency", "build.log");
        }
    }

    @Test
    void aPortInUseIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            for (String server : List.of("http", "kafka", "postgres", "redis")) {
                List<String> arguments = new ArrayList<>(List.of("dev", "--data", folder.resolve("data-" + server).toString()));
                for (String each : List.of("http", "kafka", "postgres", "redis")) {
                    arguments.addAll(List.of("--" + each + "-port", each.equals(server) ? String.valueOf(port) : "0"));
                }
                Result result = launch(Map.of("JAVA_HOME", JDK_25.toString()), arguments.toArray(String[]::new));
                assertThat(result.status()).as(result.err()).isEqualTo(5);
                assertThat(result.err().lines()).singleElement().asString()
                        .startsWith("Port %d for ".formatted(port))
                        .endsWith("is in use: stop what listens there, or choose another with --%s-port".formatted(server));
            }
        }
    }

    private Path oldJava() throws IOException {
        Path old = Files.createDirectories(folder.resolve("jdk-17/bin")).getParent();
        executable(old.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"17.0.15\" 2025-04-15' >&2\n");
        executable(old.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Files.createSymbolicLink(programs.resolve("java"), old.resolve("bin/java"));
        return old;
    }

    private Result launch(Map<String, String> environment, String... arguments) throws Exception {
        return run(checkout.resolve("mediasaga"), environment, arguments);
    }

    private Result run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("/usr/bin/env", "-i", "PATH=" + programs, "HOME=" + home));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add(script.toString());
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroy();
            throw new IOException("It does not end: " + Files.readString(err));
        }
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static void executable(Path file, String content) throws IOException {
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A jar that is nothing but the class path of this test. */
    private static void program(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH,
                Arrays.stream(System.getProperty("java.class.path").split(":"))
                        .map(each -> Path.of(each).toUri().toString())
                        .collect(Collectors.joining(" ")));
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
    }
}
