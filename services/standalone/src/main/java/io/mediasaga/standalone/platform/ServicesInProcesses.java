package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.Directories;
import io.mediasaga.embedded.Ports;
import io.mediasaga.standalone.process.Gateway;
import io.mediasaga.standalone.process.Route;
import io.mediasaga.standalone.process.SupervisedProcess;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Each service as a process of its own, started again when it dies, behind one port. */
final class ServicesInProcesses implements Services {

    private static final Duration READY = Duration.ofMinutes(4);

    /** Six of them have to fit beside everything else. */
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms32m", "-Xmx192m", "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=64m", "-Xss512k", "-XX:MaxMetaspaceSize=192m", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private final Map<ServiceSpec, SupervisedProcess> processes;
    private final Gateway gateway;

    private ServicesInProcesses(Map<ServiceSpec, SupervisedProcess> processes, Gateway gateway) {
        this.processes = processes;
        this.gateway = gateway;
    }

    static ServicesInProcesses start(
            DataFolder data, int port, Map<ServiceSpec, Map<String, String>> settings, Consumer<String> tell) {
        Directories.create(data.path("logs"));
        Map<ServiceSpec, SupervisedProcess> processes = new HashMap<>();
        List<Route> routes = new ArrayList<>();
        try {
            Map<String, Route> waitedFor = new HashMap<>();
            settings.forEach((spec, own) -> {
                int servicePort = Ports.claim(spec.name(), 0);
                Route route = new Route(spec.path(), servicePort);
                routes.add(route);
                waitedFor.put(spec.name(), route);
                processes.put(spec, launch(data, spec, own, servicePort, tell));
            });
            waitedFor.forEach((name, route) -> awaitReady(name, route, data));
            return new ServicesInProcesses(processes, Gateway.start(data.path("work/gateway"), port, routes));
        } catch (RuntimeException e) {
            stop(processes);
            throw e;
        }
    }

    private static SupervisedProcess launch(
            DataFolder data, ServiceSpec spec, Map<String, String> settings, int port, Consumer<String> tell) {
        Map<String, String> own = new HashMap<>(settings);
        own.put("server.port", String.valueOf(port));
        own.put("server.address", "127.0.0.1");
        own.put("spring.main.banner-mode", "off");
        Path folder = data.writeSettings(spec.name(), own);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), spec.main(),
                "--spring.config.additional-location=file:" + folder + "/"));
        return new SupervisedProcess(spec.name(), command, data.path("logs/" + spec.name() + ".log"), tell);
    }

    private static void awaitReady(String name, Route route, DataFolder data) {
        URI health = URI.create("http://127.0.0.1:" + route.port() + route.path() + "/actuator/health/readiness");
        long deadline = System.nanoTime() + READY.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!ready(client, health)) {
                if (System.nanoTime() > deadline) {
                    throw new ServiceFailedException(name, new IOException(
                            "not ready within %d s; see %s".formatted(READY.toSeconds(), data.path("logs/" + name + ".log"))));
                }
                LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
            }
        }
    }

    private static boolean ready(HttpClient client, URI health) {
        try {
            return client.send(HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the services start", e);
        }
    }

    @Override
    public int port() {
        return gateway.port();
    }

    @Override
    public void close() {
        gateway.close();
        stop(processes);
    }

    private static void stop(Map<ServiceSpec, SupervisedProcess> processes) {
        processes.values().forEach(SupervisedProcess::stop);
        processes.values().forEach(SupervisedProcess::close);
    }
}
