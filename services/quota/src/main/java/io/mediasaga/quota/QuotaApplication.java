package io.mediasaga.quota;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The quota service: reserves and books what owners store. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class QuotaApplication {

    /** Runs the service by itself. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(QuotaApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "quota"));
        application.run(arguments);
    }
}
