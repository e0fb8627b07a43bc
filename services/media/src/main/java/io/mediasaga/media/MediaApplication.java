package io.mediasaga.media;

import io.mediasaga.web.ServiceMain;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The media service: the registry of assets. */
@SpringBootApplication
public class MediaApplication {

    /** Runs the service by itself. */
    public static void main(String[] arguments) {
        ServiceMain.run(MediaApplication.class, "media", arguments);
    }
}
