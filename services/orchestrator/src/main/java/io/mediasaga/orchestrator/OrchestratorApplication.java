package io.mediasaga.orchestrator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The orchestrator: keeps sagas, sends commands, listens to events. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OrchestratorApplication {

    public static void main(String[] args) {
        System.setProperty("spring.config.name", "orchestrator");
        SpringApplication.run(OrchestratorApplication.class, args);
    }
}
