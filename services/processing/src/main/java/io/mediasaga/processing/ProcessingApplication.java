package io.mediasaga.processing;

import java.util.Map;
import org.springframework.boot.SpringApplication;
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
        SpringApplication application = new SpringApplication(ProcessingApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "processing"));
        application.run(arguments);
    }
}
