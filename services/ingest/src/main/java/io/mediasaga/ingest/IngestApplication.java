package io.mediasaga.ingest;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The ingest service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IngestApplication {

    /** Starts the service with the configuration {@code ingest.yaml}. */
    public static void main(String[] args) {
        new SpringApplicationBuilder(IngestApplication.class)
                .properties("spring.config.name=ingest")
                .run(args);
    }
}
