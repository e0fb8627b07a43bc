package io.mediasaga.orchestrator.console.health;

import io.mediasaga.orchestrator.console.ConsoleProperties;
import io.mediasaga.orchestrator.console.health.Part.Standing;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Asks every part of the platform how it is, all at once, and waits for none of them long. */
@Component
class PlatformHealth implements DisposableBean {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final ConsoleProperties properties;
    private final DefinitionCatalog catalog;
    private final JdbcTemplate jdbc;
    private final Admin admin;
    private final ObjectProvider<StringRedisTemplate> redis;
    private final MeterRegistry meters;
    private final String self;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    PlatformHealth(
            ConsoleProperties properties, DefinitionCatalog catalog, JdbcTemplate jdbc, Admin admin,
            ObjectProvider<StringRedisTemplate> redis, MeterRegistry meters, @Value("${spring.application.name}") String self) {
        this.properties = properties;
        this.catalog = catalog;
        this.jdbc = jdbc;
        this.admin = admin;
        this.redis = redis;
        this.meters = meters;
        this.self = self;
    }

    private interface Look {
        String at() throws Exception;
    }

    private record Asked(String name, String kind, String remedy, Future<String> answer, long since) {}

    /** Every part, in the time that the slowest of them takes. */
    List<Part> look() {
        List<Asked> asked = new ArrayList<>();
        asked.add(ask("PostgreSQL", "database", "Sagas stand still and nothing is lost. Look at its log and its disk.", () -> {
            String version = jdbc.queryForObject("SHOW server_version", String.class);
            String size = jdbc.queryForObject("SELECT pg_size_pretty(pg_database_size(current_database()))", String.class);
            return "version " + version + ", " + size;
        }));
        asked.add(ask("Kafka", "broker", "Messages wait in the outboxes. Look at the brokers' logs and disks.", () -> {
            int brokers = admin.describeCluster().nodes().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).size();
            return brokers == 1 ? "1 broker" : brokers + " brokers";
        }));
        asked.add(ask("Redis", "filter", "Everything works without it, only slower.", () -> {
            StringRedisTemplate template = redis.getObject();
            String pong = template.execute((org.springframework.data.redis.core.RedisCallback<String>) c -> c.ping());
            return "PONG".equals(pong) ? "answers" : "answers " + pong;
        }));
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(self, "service", Standing.UP, "this one", 0));
        Set<String> names = new LinkedHashSet<>();
        catalog.current().forEach(each -> names.addAll(each.definition().definition().participants()));
        names.addAll(properties.services().keySet());
        names.remove(self);
        for (String name : names) {
            URI address = properties.services().get(name);
            if (address == null) {
                parts.add(new Part(
                        name, "service", Standing.UNKNOWN,
                        "Where it is has not been said: set mediasaga.console.services." + name + " to its address.", 0));
            } else {
                asked.add(ask(name, "service", "Look at its log; its messages wait meanwhile.", () -> service(address)));
            }
        }
        asked.forEach(each -> parts.add(await(each)));
        parts.sort(java.util.Comparator.comparing((Part part) -> !part.kind().equals("service")));
        return parts;
    }

    private Asked ask(String name, String kind, String remedy, Look look) {
        return new Asked(name, kind, remedy, threads.submit(look::at), System.nanoTime());
    }

    private String service(URI address) throws IOException, InterruptedException {
        URI health = URI.create(address + "/actuator/health");
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(health).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(health + " answers with status " + answer.statusCode());
        }
        return "answers at " + address;
    }

    private static Part await(Asked asked) {
        try {
            long left = PATIENCE.toNanos() - (System.nanoTime() - asked.since());
            String detail = asked.answer().get(Math.max(1, left), TimeUnit.NANOSECONDS);
            return new Part(asked.name(), asked.kind(), Standing.UP, detail, Duration.ofNanos(System.nanoTime() - asked.since()).toMillis());
        } catch (ExecutionException e) {
            return down(asked, String.valueOf(e.getCause().getMessage() == null ? e.getCause() : e.getCause().getMessage()));
        } catch (TimeoutException e) {
            asked.answer().cancel(true);
            return down(asked, "No answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down(asked, "The look was interrupted");
        }
    }

    private static Part down(Asked asked, String why) {
        long took = Duration.ofNanos(System.nanoTime() - asked.since()).toMillis();
        return new Part(asked.name(), asked.kind(), Standing.DOWN, why + (why.endsWith(".") ? " " : ". ") + asked.remedy(), took);
    }

    /** What this service counts. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figure(figures, "Messages not sent yet", "mediasaga.outbox.unsent");
        figure(figures, "Age of the oldest of them, seconds", "mediasaga.outbox.age");
        figure(figures, "Sagas held", "mediasaga.sagas.active", "state", "held");
        return figures;
    }

    private void figure(Map<String, Double> figures, String name, String meter, String... tags) {
        Gauge gauge = meters.find(meter).tags(tags).gauge();
        if (gauge != null && !Double.isNaN(gauge.value())) {
            figures.put(name, gauge.value());
        }
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
        http.shutdownNow();
    }
}
