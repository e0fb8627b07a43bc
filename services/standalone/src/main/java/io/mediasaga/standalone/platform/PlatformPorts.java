package io.mediasaga.standalone.platform;

/**
 * Ports on 127.0.0.1; 0 takes a free one.
 *
 * @param http of everything that speaks HTTP
 * @param kafka of the broker
 * @param postgres of the database
 * @param redis of the cache
 */
public record PlatformPorts(int http, int kafka, int postgres, int redis) {

    /** The ports that everybody expects. */
    public static final PlatformPorts USUAL = new PlatformPorts(8080, 9092, 5432, 6379);

    /** Any free ports, for tests. */
    public static final PlatformPorts FREE = new PlatformPorts(0, 0, 0, 0);
}
