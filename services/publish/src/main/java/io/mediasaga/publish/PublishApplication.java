package io.mediasaga.publish;

import io.mediasaga.web.ServiceMain;
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
        ServiceMain.run(PublishApplication.class, "publish", arguments);
    }
}
