package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.Directories;
import io.mediasaga.embedded.Ports;
import io.mediasaga.standalone.process.Gateway;
import io.mediasaga.standalone.process.Route;
import io.mediasaga.standalone.process.SupervisedProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Each service as a process of its own, started again when it dies, behind one port. */
final class ServicesInProcesses implements Services {

    private static final Duration READY = Duration.ofMinutes(4);

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
        return new SupervisedProcess(
                spec.name(), ServiceJvm.command(data, spec, settings, Map.of("server.port", String.valueOf(port))),
                data.path("logs/" + spec.name() + ".log"), tell);
    }

    private static void awaitReady(String name, Route route, DataFolder data) {
        try {
            if (!ServiceJvm.awaitReady(route, READY, () -> true)) {
                throw new ServiceFailedException(name, new IOException(
                        "not ready within %d s; see %s".formatted(READY.toSeconds(), data.path("logs/" + name + ".log"))));
            }
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
