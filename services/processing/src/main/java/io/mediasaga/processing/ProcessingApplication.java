package io.mediasaga.processing;

import io.mediasaga.web.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The processing service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class ProcessingApplication {

    /** Runs the service by itself. */
    public static void main(String[] arguments) {
        ServiceMain.run(ProcessingApplication.class, "processing", arguments);
    }
}
