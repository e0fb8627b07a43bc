package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.ServiceDatabase;
import java.util.Map;
import java.util.TreeMap;

/** The properties by which a service finds everything that it needs on this machine. */
final class ServiceSettings {

    private static final String DEFINITION = "publish-media-asset.yaml";

    private final DataFolder data;
    private final Servers servers;
    private final PlatformOptions options;

    ServiceSettings(DataFolder data, Servers servers, PlatformOptions options) {
        this.data = data;
        this.servers = servers;
        this.options = options;
    }

    /** The settings of a service; its database role is made on the way. */
    Map<String, String> of(ServiceSpec service) {
        ServiceDatabase database =
                servers.postgres().createServiceRole(service.name(), data.secret("postgres-" + service.name()));
        Map<String, String> settings = new TreeMap<>();
        settings.put("spring.datasource.url", database.url());
        settings.put("spring.datasource.username", database.user());
        settings.put("spring.datasource.password", database.password());
        settings.put("spring.datasource.hikari.maximum-pool-size", "10");
        settings.put("spring.kafka.bootstrap-servers", servers.kafka().bootstrapServers());
        settings.put("spring.data.redis.host", servers.redis().host());
        settings.put("spring.data.redis.port", String.valueOf(servers.redis().port()));
        settings.put("mediasaga.api.token-file", data.tokenFile().toString());
        settings.put("mediasaga.messaging.create-topics", "true");
        settings.put("mediasaga.messaging.topics.replicas", "1");
        settings.put("mediasaga.messaging.chaos.drop-share", String.valueOf(options.dropShare()));
        settings.put("mediasaga.storage.path", data.path("media").toString());
        settings.put("mediasaga.definitions", data.definition(DEFINITION).toString());
        settings.put("mediasaga.processing.work-folder", data.path("work/processing").toString());
        if (!service.path().isEmpty()) {
            settings.put("springdoc.api-docs.enabled", "false"); // it is on everybody's class path here
        }
        return settings;
    }
}
