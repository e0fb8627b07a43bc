package io.mediasaga.standalone.platform;

import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.EmbeddedRedis;
import org.springframework.context.ConfigurableApplicationContext;

/** The inside of a platform, for tests that take parts of it away. */
public final class Inside {

    private Inside() {}

    /** Its broker. */
    public static EmbeddedKafka kafka(Platform platform) {
        return platform.servers().kafka();
    }

    /** Its Redis. */
    public static EmbeddedRedis redis(Platform platform) {
        return platform.servers().redis();
    }

    /** A service of a platform that runs in one JVM. */
    public static ConfigurableApplicationContext service(Platform platform, String name) {
        return ((ServicesInOneJvm) platform.services()).context(name);
    }
}
