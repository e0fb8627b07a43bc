package io.mediasaga.standalone.e2e;

import io.mediasaga.embedded.EmbeddedPostgres;
import io.mediasaga.messaging.consumer.Listeners;
import io.mediasaga.standalone.platform.Inside;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A whole platform in this JVM, parts of which can be taken away. */
final class Stage extends Place {

    private final Set<String> settings;
    private final Platform platform;
    private final Calls calls;
    private @Nullable Bucket bucket;

    private Stage(Set<String> settings, Platform platform) {
        this.settings = settings;
        this.platform = platform;
        this.calls = new Calls(platform.address(), platform.token());
    }

    /** What is looked for now and then is looked for often: else tests would spend their time on waiting for it. */
    private static final Map<String, String> QUICK = Map.of(
            "mediasaga.messaging.outbox.poll-interval", "150ms",
            "mediasaga.messaging.outbox.grace", "3s",
            "mediasaga.messaging.work.poll-interval", "150ms",
            "mediasaga.ingest.janitor", "200ms",
            "mediasaga.processing.cleanup.interval", "300ms",
            "mediasaga.publish.cleanup", "300ms");

    /**
     * Starts it on free ports.
     *
     * @param settings of the services, beyond those that a platform has
     */
    static Stage open(PlatformOptions options, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(QUICK);
        all.putAll(settings);
        all.forEach(System::setProperty); // Spring looks there; the platform's own settings go before
        try {
            return new Stage(all.keySet(), Platform.start(options.on(PlatformPorts.FREE), line -> {}));
        } catch (RuntimeException e) {
            all.keySet().forEach(System::clearProperty);
            throw e;
        }
    }

    static Stage open(Path data, Map<String, String> settings) {
        return open(PlatformOptions.in(data), settings);
    }

    /** One that keeps its files in the bucket, which stays open. */
    static Stage on(Bucket bucket, Path data, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(bucket.settings());
        Stage stage = open(data, all);
        stage.bucket = bucket;
        return stage;
    }

    /** One that runs already; closed with the stage. */
    static Stage of(Platform platform) {
        return new Stage(Set.of(), platform);
    }

    Platform platform() {
        return platform;
    }

    @Override
    Calls calls() {
        return calls;
    }

    @Override
    String kafka() {
        return platform.kafka();
    }

    @Override
    Path data() {
        return platform.data().root();
    }

    @Override
    List<String> stored() throws IOException {
        return bucket == null ? super.stored() : bucket.everything();
    }

    @Override
    Connection database() throws SQLException {
        return platform.postgres().superuser(EmbeddedPostgres.DATABASE);
    }

    /** Nothing of Kafka reaches the service from now on, as if its process were gone. */
    void away(String service) {
        listeners(service).stop();
    }

    /** The service is there again and finds what has been waiting for it. */
    void back(String service) {
        listeners(service).start();
    }

    private Listeners listeners(String service) {
        return Inside.service(platform, service).getBean(Listeners.class);
    }

    @Override
    public void close() {
        settings.forEach(System::clearProperty);
        calls.close();
        platform.close();
    }
}
