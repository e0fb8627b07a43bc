package io.mediasaga.standalone.platform;

import io.mediasaga.standalone.web.CurrentService;
import io.mediasaga.standalone.web.SharedTomcat;
import io.mediasaga.standalone.web.SharedTomcatFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** All services in this JVM, each with its own Spring and servlet context, on one Tomcat. */
final class ServicesInOneJvm implements Services {

    private static final int STARTING_AT_ONCE = 3;

    /** What there is once in a JVM cannot be each service's own. */
    private static final Map<String, String> COMMON = Map.of(
            "management.metrics.use-global-registry", "false",
            "spring.jmx.enabled", "false",
            "spring.main.banner-mode", "off");

    private final SharedTomcat tomcat;
    private final Map<String, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();

    private ServicesInOneJvm(SharedTomcat tomcat) {
        this.tomcat = tomcat;
    }

    static ServicesInOneJvm start(DataFolder data, int port, Map<ServiceSpec, Map<String, String>> settings) {
        ServicesInOneJvm services = new ServicesInOneJvm(SharedTomcat.start(data.path("work/tomcat"), port));
        try {
            services.startAll(settings);
            services.tomcat.open();
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    private void startAll(Map<ServiceSpec, Map<String, String>> settings) {
        try (ExecutorService threads = Executors.newFixedThreadPool(STARTING_AT_ONCE)) {
            CompletableFuture.allOf(settings.entrySet().stream()
                            .map(service -> CompletableFuture.runAsync(() -> start(service.getKey(), service.getValue()), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void start(ServiceSpec spec, Map<String, String> settings) {
        try (var _ = CurrentService.is(spec.name())) {
            SpringApplication application = new SpringApplication(Class.forName(spec.main()));
            application.setDefaultProperties(Map.of("spring.config.name", spec.name()));
            application.setRegisterShutdownHook(false);
            application.addInitializers(context -> ((GenericApplicationContext) context)
                    .registerBean(ServletWebServerFactory.class, () -> new SharedTomcatFactory(tomcat, spec.name())));
            List<String> arguments = new ArrayList<>();
            COMMON.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            contexts.put(spec.name(), application.run(arguments.toArray(String[]::new)));
        } catch (ClassNotFoundException e) {
            throw new ServiceFailedException(spec.name(), e);
        } catch (RuntimeException e) {
            throw new ServiceFailedException(spec.name(), e);
        }
    }

    /** A running service; for tests. */
    ConfigurableApplicationContext context(String service) {
        return Objects.requireNonNull(contexts.get(service), service);
    }

    @Override
    public int port() {
        return tomcat.port();
    }

    @Override
    public void close() {
        tomcat.closeGate();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List.copyOf(contexts.values()).forEach(context -> threads.execute(() -> close(context)));
        }
        contexts.clear();
        tomcat.close();
    }

    private static void close(ConfigurableApplicationContext context) {
        String service = context.getEnvironment().getProperty("spring.application.name", CurrentService.NONE);
        try (var _ = CurrentService.is(service)) {
            context.close();
        }
    }
}
