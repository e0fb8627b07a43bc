package io.mediasaga.quota;

import io.mediasaga.web.ServiceMain;
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
        ServiceMain.run(QuotaApplication.class, "quota", arguments);
    }
}
