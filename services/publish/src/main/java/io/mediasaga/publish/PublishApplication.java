package io.mediasaga.publish;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The publish service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@EnableScheduling
public class PublishApplication {

    /** Runs the service by itself. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(PublishApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "publish"));
        application.run(arguments);
    }
}
