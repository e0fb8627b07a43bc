package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.PostgresOptions;
import io.mediasaga.embedded.ServiceDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The database is killed while reservations come in, and comes back: nothing is lost, nothing happens twice. */
class DatabaseAwayTest {

    private static final int RESERVATIONS = 300;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String run = UUID.randomUUID().toString();

    @Test
    @Timeout(900)
    void reservationsGoOnWhereTheyStopped(@TempDir Path folder) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(folder));
        try (ConfigurableApplicationContext service = start(postgres.createServiceRole("quota", "secret"))) {
            int port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
            send(RESERVATIONS / 2, 0);
            await().until(() -> get(port, "/o-" + run).body().contains("reserved_assets"));

            postgres.kill();
            send(RESERVATIONS, RESERVATIONS / 2);

            HttpResponse<String> away = get(port, "/o-" + run);
            assertThat(away.statusCode()).as(away.body()).isEqualTo(503);
            assertThat(away.headers().firstValue("Retry-After")).isPresent();
            assertThat(away.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(away.body()).contains("DATABASE_UNAVAILABLE").doesNotContain("jdbc", "127.0.0.1");
            assertThat(get(port, "/actuator/health").statusCode()).isEqualTo(503);
            assertThat(get(port, "/actuator/health/liveness").statusCode()).isEqualTo(200);

            int databasePort = postgres.port();
            postgres.close();
            postgres = EmbeddedPostgres.start(PostgresOptions.in(folder).withPort(databasePort));

            QuotaReader reader = service.getBean(QuotaReader.class);
            await().ignoreExceptions().untilAsserted(() ->
                    assertThat(reader.find("o-" + run).reservedAssets()).isEqualTo(RESERVATIONS));
            Audit.Result audit = service.getBean(Audit.class).run();
            assertThat(audit.balanced()).isTrue();
            assertThat(reader.find("o-" + run).reservedBytes()).isEqualTo(RESERVATIONS * 7L);
            await().until(() -> get(port, "/actuator/health").statusCode() == 200);
        } finally {
            postgres.close();
        }
    }

    private ConfigurableApplicationContext start(ServiceDatabase database) {
        EmbeddedServers servers = EmbeddedServers.shared();
        return new SpringApplication(QuotaApplication.class)
                .run(
                        "--spring.config.name=quota",
                        "--spring.main.banner-mode=off",
                        "--server.port=0",
                        "--mediasaga.api.token=" + QuotaIntegration.TOKEN,
                        // A consumer group of its own beside the one of the other tests.
                        "--mediasaga.messaging.service=quota-" + run,
                        "--spring.datasource.url=" + database.url(),
                        "--spring.datasource.username=" + database.user(),
                        "--spring.datasource.password=" + database.password(),
                        "--spring.datasource.hikari.connection-timeout=1000",
                        "--spring.kafka.bootstrap-servers=" + servers.kafka().bootstrapServers(),
                        "--spring.data.redis.host=" + servers.redis().host(),
                        "--spring.data.redis.port=" + servers.redis().port());
    }

    private void send(int count, int from) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", EmbeddedServers.shared().kafka().bootstrapServers());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < count; i++) {
                String id = i + "-" + run;
                sent.add(producer.send(new ProducerRecord<>("commands.quota.reserve", "s-" + id, """
                        {"message_id": "m-%1$s", "saga_id": "s-%1$s", "type": "QuotaReserve", "step": "RESERVE_QUOTA",
                         "created_at": "2026-01-10T12:00:00Z",
                         "payload": {"asset_id": "a-%1$s", "owner_id": "o-%2$s", "bytes": 7}}""".formatted(id, run))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        }
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/quotas" + path))
                .header("Authorization", "Bearer " + QuotaIntegration.TOKEN)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
