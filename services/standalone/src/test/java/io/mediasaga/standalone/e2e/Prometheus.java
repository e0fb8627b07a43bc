package io.mediasaga.standalone.e2e;

import io.mediasaga.embedded.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real Prometheus, as found on the path or in the cache, that watches a platform by the rules of the chart. */
final class Prometheus implements AutoCloseable {

    private static final Path CACHE = Path.of(System.getProperty("user.home"), ".cache/mediasaga/prometheus/usr/bin/prometheus");

    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String address;

    private Prometheus(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).map(folder -> Path.of(folder, "prometheus")),
                        Stream.of(CACHE))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Prometheus start(Path program, Path folder, URI platform, List<String> paths, Path rules) throws IOException {
        int port = Ports.claim("Prometheus", 0);
        String jobs = paths.stream()
                .map(path -> """
                          - job_name: "%s"
                            metrics_path: %s/actuator/prometheus
                            static_configs: [{targets: ["%s"]}]
                        """.formatted(path.isEmpty() ? "orchestrator" : path.substring(1), path, platform.getAuthority()))
                .collect(Collectors.joining());
        Path configuration = Files.writeString(Files.createDirectories(folder).resolve("prometheus.yml"), """
                global: {scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 2s}
                rule_files: ["%s"]
                scrape_configs:
                %s""".formatted(rules.toAbsolutePath(), jobs));
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        return new Prometheus(process, "http://127.0.0.1:" + port);
    }

    /** Alerts that fire at this moment. */
    Set<String> firing() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/api/v1/alerts")).build();
        Set<String> names = new TreeSet<>();
        Calls.JSON.readTree(http.send(request, BodyHandlers.ofString()).body())
                .path("data")
                .path("alerts")
                .forEach(alert -> {
                    if (alert.path("state").asString("").equals("firing")) {
                        names.add(alert.path("labels").path("alertname").asString(""));
                    }
                });
        return names;
    }

    @Override
    public void close() {
        http.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
