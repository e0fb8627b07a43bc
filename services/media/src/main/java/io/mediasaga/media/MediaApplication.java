package io.mediasaga.media;

import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The media service: the registry of assets. */
@SpringBootApplication
public class MediaApplication {

    /** Runs the service by itself. */
    public static void main(String[] arguments) {
        SpringApplication application = new SpringApplication(MediaApplication.class);
        application.setDefaultProperties(Map.of("spring.config.name", "media"));
        application.run(arguments);
    }
}
