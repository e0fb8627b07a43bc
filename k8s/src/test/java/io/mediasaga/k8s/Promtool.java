package io.mediasaga.k8s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prometheus' own tool, as found on the path or in the cache; where it is in neither it is unpacked from Debian's package. */
final class Promtool {

    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache/mediasaga/prometheus");

    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    /** Empty where it is not to be had. */
    static Optional<Promtool> find() {
        Optional<Path> found = found();
        if (found.isEmpty()) {
            Helm.run(5, List.of(Path.of("src/test/resources/get-prometheus").toAbsolutePath().toString(), CACHE.toString()));
            found = found();
        }
        return found.map(Promtool::new);
    }

    private static Optional<Path> found() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, "promtool")),
                        Stream.of(CACHE.resolve("usr/bin/promtool")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    Helm.Answer run(String... arguments) {
        return Helm.run(2, Stream.concat(Stream.of(program.toString()), Stream.of(arguments)).toList());
    }
}
