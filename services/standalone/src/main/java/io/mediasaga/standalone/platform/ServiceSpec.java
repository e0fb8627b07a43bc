package io.mediasaga.standalone.platform;

import java.util.List;

/**
 * A service of the platform.
 *
 * @param name name of its configuration, its database role and its schema
 * @param main its Spring Boot application
 * @param path its context path, empty for the root
 */
public record ServiceSpec(String name, String main, String path) {

    /** The services that publish media. The first one has the root path and knows the saga. */
    public static final List<ServiceSpec> ALL = List.of(
            new ServiceSpec("orchestrator", "io.mediasaga.orchestrator.OrchestratorApplication", ""),
            new ServiceSpec("media", "io.mediasaga.media.MediaApplication", "/api/assets"),
            new ServiceSpec("quota", "io.mediasaga.quota.QuotaApplication", "/api/quotas"),
            new ServiceSpec("ingest", "io.mediasaga.ingest.IngestApplication", "/uploads"),
            new ServiceSpec("processing", "io.mediasaga.processing.ProcessingApplication", "/api/processing"),
            new ServiceSpec("publish", "io.mediasaga.publish.PublishApplication", "/media"));
}
