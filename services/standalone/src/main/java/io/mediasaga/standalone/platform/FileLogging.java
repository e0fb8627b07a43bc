package io.mediasaga.standalone.platform;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** Sends the log of this JVM to a file, so that the terminal is left to what people want to know. */
public final class FileLogging {

    private static final String PATTERN =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %5p [%X{request_id:--} %X{saga_id:--}] %-40.40logger{39} : %m%n%wEx";

    private FileLogging() {}

    /** Takes effect for all that is logged from now on, whatever the services configure. */
    public static void begin(DataFolder data) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("logging.file.name", data.path("logs/mediasaga.log").toString());
        settings.put("logging.threshold.console", "OFF");
        settings.put("logging.pattern.file", PATTERN);
        settings.put("logging.structured.json.customizer", ServiceMember.class.getName());
        String format = System.getProperty("mediasaga.log.format", System.getenv("MEDIASAGA_LOG_FORMAT"));
        if (format != null && !format.isBlank()) {
            settings.put("logging.structured.format.file", format);
        }
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("logging", settings));
        LoggingSystem system = LoggingSystem.get(FileLogging.class.getClassLoader());
        LogFile file = LogFile.get(environment);
        system.getSystemProperties(environment).apply(file);
        system.beforeInitialize();
        system.initialize(new LoggingInitializationContext(environment), null, file);
    }
}
