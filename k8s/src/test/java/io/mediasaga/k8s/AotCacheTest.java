package io.mediasaga.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the ahead-of-time cache of an image does, on the JVM of this build and with the flags of the images. */
class AotCacheTest {

    /** What the JVM says when it has a cache and cannot use it. */
    private static final Pattern REFUSED = Pattern.compile("Unable to use AOT cache|Unable to map shared spaces");

    @TempDir
    Path folder;

    private Path jar;
    private Path cache;

    @BeforeEach
    void trains() throws IOException {
        jar = jar();
        cache = folder.resolve("application.aot");
        assertThat(java("-XX:AOTCacheOutput=" + cache).text()).contains("trained");
        assertThat(cache).isNotEmptyFile();
    }

    @Test
    void isUsedByEveryCollectorThatAPodMayHave() {
        for (String collector : List.of("-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseParallelGC")) {
            Helm.Answer answer = java("-XX:AOTCache=" + cache, "-XX:AOTMode=on", collector, "-Xmx64m", "-Xlog:class+load");
            assertThat(answer.status()).as(answer.text()).isZero();
            assertThat(answer.text()).contains("trained", "Main source: shared objects file");
        }
    }

    @Test
    void isLeftOutWhenTheJvmIsAnotherOne() throws IOException {
        byte[] bytes = Files.readAllBytes(cache);
        int build = new String(bytes, 0, 4096, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("VM (");
        assertThat(build).as("where the cache names the JVM that made it").isPositive();
        bytes[build + "VM (".length()] ^= 1;
        Files.write(cache, bytes);
        startsWithout();
    }

    @Test
    void isLeftOutWhenItIsCutOffOrMissing() throws IOException {
        byte[] bytes = Files.readAllBytes(cache);
        Files.write(cache, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        startsWithout();
        Files.delete(cache);
        startsWithout();
    }

    @Test
    void isLeftOutWhenAPodHasFlagsThatItIsNotFor() {
        Helm.Answer answer = java("-XX:AOTCache=" + cache, "-XX:+UseZGC");
        assertThat(answer.status()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("trained").containsPattern(REFUSED);
    }

    private void startsWithout() {
        Helm.Answer answer = java("-XX:AOTCache=" + cache);
        assertThat(answer.status()).as(answer.text()).isZero();
        assertThat(answer.text()).contains("trained").containsPattern(REFUSED);
    }

    private Helm.Answer java(String... flags) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(imageFlags());
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", jar.toString(), "Main"));
        return Helm.run(2, command);
    }

    /** The flags that Jib gives every image. */
    private static List<String> imageFlags() {
        try {
            List<String> flags = Pattern.compile("<jvmFlag>(.*)</jvmFlag>")
                    .matcher(Files.readString(Helm.PROJECT.resolve("pom.xml")))
                    .results()
                    .map(match -> match.group(1))
                    .toList();
            assertThat(flags).contains("-XX:+UseCompactObjectHeaders");
            return flags;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path jar() throws IOException {
        Path source = folder.resolve("Main.java");
        Files.writeString(source, """
                public class Main {
                    public static void main(String[] arguments) {
                        System.out.println("trained");
                    }
                }
                """);
        Path classes = folder.resolve("classes");
        run("javac", "-d", classes.toString(), source.toString());
        Path target = folder.resolve("main.jar");
        run("jar", "--create", "--file", target.toString(), "-C", classes.toString(), ".");
        return target;
    }

    private static void run(String tool, String... arguments) {
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        assertThat(status).as(tool).isZero();
    }
}
