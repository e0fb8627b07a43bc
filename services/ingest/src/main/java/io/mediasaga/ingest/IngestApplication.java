package io.mediasaga.ingest;

import io.mediasaga.web.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The ingest service. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IngestApplication {

    /** Starts the service with the configuration {@code ingest.yaml}. */
    public static void main(String[] args) {
        ServiceMain.run(IngestApplication.class, "ingest", args);
    }
}
