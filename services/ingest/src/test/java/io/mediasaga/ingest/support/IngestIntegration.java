package io.mediasaga.ingest.support;

import io.mediasaga.embedded.EmbeddedServers;
import io.mediasaga.embedded.TestDatabase;
import io.mediasaga.ingest.IngestApplication;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.ingest.upload.Uploads;
import io.mediasaga.messaging.OutgoingMessage;
import io.mediasaga.storage.MediaKey;
import io.mediasaga.storage.MediaStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The running service on a real database, without Kafka. */
@SpringBootTest(
        classes = IngestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.name=ingest",
            "mediasaga.messaging.enabled=false",
            "mediasaga.api.token=" + IngestIntegration.API_TOKEN,
            "mediasaga.ingest.janitor=1h",
            "mediasaga.ingest.small-size=64KB",
            "mediasaga.ingest.sync-every=1MB",
            "mediasaga.ingest.sync-within=200ms",
            "mediasaga.ingest.max-size=64MB",
            "logging.level.root=WARN"
        })
@Import(IngestIntegration.Fakes.class)
public abstract class IngestIntegration {

    public static final String API_TOKEN = "api-token-for-tests-0123456789abcdef";

    private static final TestDatabase DATABASE = EmbeddedServers.shared().newDatabase();

    @Autowired
    protected RecordingOutbox outbox;

    @Autowired
    protected SwitchableStore switches;

    @Autowired
    protected MediaStore store;

    @Autowired
    protected Uploads uploads;

    @Autowired
    protected JdbcClient jdbc;

    @LocalServerPort
    protected int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        DATABASE.properties("ingest").forEach((name, value) -> registry.add(name, () -> value));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Fakes {
        @Bean
        RecordingOutbox recordingOutbox() {
            return new RecordingOutbox();
        }

        @Bean
        Clock clock() {
            return Clock.systemUTC();
        }

        @Bean
        SwitchableStore switchableStore() throws IOException {
            Path folder = Files.createTempDirectory("mediasaga-ingest-test-");
            return new SwitchableStore(folder);
        }

        @Bean
        MediaStore mediaStore(SwitchableStore switches) {
            return switches.asStore();
        }
    }

    /** The service over HTTP. */
    protected TusClient client() {
        return new TusClient(port);
    }

    /** An upload as a saga prepares it. */
    protected Upload prepared(int size) {
        return prepared(size, null);
    }

    protected Upload prepared(int size, @Nullable String sha256) {
        String id = UUID.randomUUID().toString();
        return uploads.add(List.of(new Uploads.Declared(
                        id, "asset-" + id, "saga-" + id, "owner", "film.mp4", "video/mp4", size, sha256, "request-1", null,
                        Duration.ofHours(1))))
                .getFirst();
    }

    protected Upload now(Upload upload) {
        return uploads.find(upload.id()).orElseThrow();
    }

    /** What the saga was told. */
    protected List<OutgoingMessage> told(Upload upload) {
        return outbox.of(upload.sagaId());
    }

    /** The file as whoever got the event finds it. */
    protected byte[] fileToldOf(Upload upload) throws IOException {
        String payload = told(upload).getFirst().envelope().payload();
        String uri = io.mediasaga.messaging.Json.mapper().readTree(payload).path("source_uri").asString();
        try (InputStream in = store.open(MediaKey.parse(uri))) {
            return in.readAllBytes();
        }
    }

    protected static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    protected void sql(String statement, Object... parameters) {
        jdbc.sql(statement).params(parameters).update();
    }
}
