package io.mediasaga.standalone.platform;

import io.mediasaga.standalone.web.SharedTomcat;
import io.mediasaga.standalone.web.SharedTomcatFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.ServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** All services in this JVM, each with its own Spring and servlet context, on one Tomcat. */
final class ServicesInOneJvm implements Services {

    private static final int STARTING_AT_ONCE = 2;

    private final SharedTomcat tomcat;
    private final List<ConfigurableApplicationContext> contexts = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> common;

    private ServicesInOneJvm(SharedTomcat tomcat, Map<String, String> common) {
        this.tomcat = tomcat;
        this.common = common;
    }

    static ServicesInOneJvm start(DataFolder data, int port, Map<ServiceSpec, Map<String, String>> settings) {
        ServicesInOneJvm services =
                new ServicesInOneJvm(SharedTomcat.start(data.path("work/tomcat"), port), commonSettings(data));
        try {
            services.startAll(settings);
            services.tomcat.open();
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    /** What there is once in a JVM cannot be each service's own. */
    private static Map<String, String> commonSettings(DataFolder data) {
        return Map.of(
                "management.metrics.use-global-registry", "false",
                "spring.jmx.enabled", "false",
                "spring.main.banner-mode", "off",
                "logging.file.name", data.path("logs/mediasaga.log").toString(),
                "logging.threshold.console", "OFF",
                "logging.structured.json.add.service", "mediasaga",
                "logging.structured.format.file", "${mediasaga.log.format:}");
    }

    /** The first one alone, for the logging system of the JVM comes up with it. */
    private void startAll(Map<ServiceSpec, Map<String, String>> settings) {
        List<ServiceSpec> specs = List.copyOf(settings.keySet());
        start(specs.getFirst(), settings.get(specs.getFirst()));
        try (ExecutorService threads = Executors.newFixedThreadPool(STARTING_AT_ONCE)) {
            CompletableFuture.allOf(specs.stream()
                            .skip(1)
                            .map(spec -> CompletableFuture.runAsync(() -> start(spec, settings.get(spec)), threads))
                            .toArray(CompletableFuture<?>[]::new))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void start(ServiceSpec spec, Map<String, String> settings) {
        try {
            SpringApplication application = new SpringApplication(Class.forName(spec.main()));
            application.setDefaultProperties(Map.of("spring.config.name", spec.name()));
            application.setRegisterShutdownHook(false);
            application.addInitializers(context -> ((GenericApplicationContext) context)
                    .registerBean(ServletWebServerFactory.class, () -> new SharedTomcatFactory(tomcat)));
            List<String> arguments = new ArrayList<>();
            common.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            contexts.add(application.run(arguments.toArray(String[]::new)));
        } catch (ClassNotFoundException e) {
            throw new ServiceFailedException(spec.name(), e);
        } catch (RuntimeException e) {
            throw new ServiceFailedException(spec.name(), e);
        }
    }

    @Override
    public int port() {
        return tomcat.port();
    }

    @Override
    public void close() {
        tomcat.closeGate();
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List.copyOf(contexts).forEach(context -> threads.execute(context::close));
        }
        contexts.clear();
        tomcat.close();
    }
}
