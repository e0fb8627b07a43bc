package io.mediasaga.standalone.platform;

import io.mediasaga.standalone.process.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** How a service is run in a JVM of its own. */
public final class ServiceJvm {

    /** Many of them have to fit beside everything else. */
    private static final List<String> FLAGS = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx192m", "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=64m", "-Xss512k", "-XX:MaxMetaspaceSize=192m", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private ServiceJvm() {}

    /** This JVM's {@code java} with flags for a small process, and the class path of this JVM. */
    public static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        return command;
    }

    /**
     * The command line of a service; its settings are put into the data folder.
     *
     * @param settings of the service, the same for all of its replicas
     * @param own settings of this replica; they are seen in the list of processes, so no secrets
     */
    public static List<String> command(DataFolder data, ServiceSpec spec, Map<String, String> settings, Map<String, String> own) {
        Map<String, String> kept = new HashMap<>(settings);
        kept.put("server.address", "127.0.0.1");
        kept.put("spring.main.banner-mode", "off");
        Path folder = data.writeSettings(spec.name(), kept);
        List<String> command = java();
        command.addAll(List.of(spec.main(), "--spring.config.additional-location=file:" + folder + "/"));
        own.forEach((name, value) -> command.add("--" + name + "=" + value));
        return command;
    }

    /**
     * Waits until the service says that it is ready; answers whether it did so in time.
     *
     * @param hopeful false when it is of no use to wait any longer
     */
    public static boolean awaitReady(Route route, Duration patience, BooleanSupplier hopeful) throws InterruptedException {
        URI health = URI.create("http://127.0.0.1:" + route.port() + route.path() + "/actuator/health/readiness");
        long deadline = System.nanoTime() + patience.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!ready(client, health)) {
                if (System.nanoTime() > deadline || !hopeful.getAsBoolean()) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return true;
        }
    }

    private static boolean ready(HttpClient client, URI health) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
