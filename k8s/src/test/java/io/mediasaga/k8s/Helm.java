package io.mediasaga.k8s;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Helm: the program that HELM names, or as found on the path or in the cache of k8s/local; where it is in neither it is built from source, once. */
final class Helm {

    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
    static final Path CHART = PROJECT.resolve("charts/mediasaga");

    private final Path program;

    private Helm(Path program) {
        this.program = program;
    }

    /** What a program said on both outputs, and how it ended. */
    record Answer(int status, String text) {}

    static Helm find() {
        return new Helm(named().or(Helm::onPath).or(Helm::cached).orElseGet(Helm::build));
    }

    /** The chart rendered for a cluster of a recent version; {@code arguments} are those of {@code helm template}. */
    Answer template(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(), "template", "mediasaga", CHART.toString(), "--namespace", "mediasaga", "--kube-version", "1.36.0"));
        command.addAll(List.of(arguments));
        return run(5, command);
    }

    Answer lint(String... arguments) {
        List<String> command = new ArrayList<>(List.of(program.toString(), "lint", CHART.toString(), "--strict"));
        command.addAll(List.of(arguments));
        return run(5, command);
    }

    private static Optional<Path> named() {
        return Optional.ofNullable(System.getenv("HELM")).filter(name -> !name.isBlank()).map(Path::of);
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, "helm"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> cached() {
        return Optional.of(home().resolve("bin/helm")).filter(Files::isExecutable);
    }

    private static Path home() {
        String named = System.getenv("MEDIASAGA_KUBERNETES_HOME");
        return named == null || named.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache/mediasaga/kubernetes")
                : Path.of(named);
    }

    private static Path build() {
        System.out.println("There is no helm on the path: building it from source into " + home() + ", once (some minutes)");
        Answer answer = run(30, List.of(PROJECT.resolve("k8s/local/build").toString(), "addons", "helm"));
        return cached().orElseThrow(() -> new IllegalStateException(
                "The chart's tests need helm: put it on the path, or Go 1.26 so that k8s/local/build can make it. It said: "
                        + answer.text()));
    }

    static Answer run(int minutes, List<String> command) {
        try {
            Path output = Files.createTempFile("helm", ".out");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command + " took more than " + minutes + " minutes");
                }
                return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new IllegalStateException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
