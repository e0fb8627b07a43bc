package io.mediasaga.orchestrator;

import io.mediasaga.web.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The orchestrator: keeps sagas, sends commands, listens to events. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class OrchestratorApplication {

    public static void main(String[] args) {
        ServiceMain.run(OrchestratorApplication.class, "orchestrator", args);
    }
}
