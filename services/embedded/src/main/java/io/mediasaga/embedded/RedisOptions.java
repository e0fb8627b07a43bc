package io.mediasaga.embedded;

/**
 * How an {@link EmbeddedRedis} is to run. It keeps nothing: what is in Redis can be lost at any time.
 *
 * @param port port on 127.0.0.1, 0 for a free one
 * @param maxMemory beyond this the least recently used keys go, as Redis writes it: {@code 64mb}
 */
public record RedisOptions(int port, String maxMemory) {

    /** Any free port and 64 MB. */
    public static RedisOptions defaults() {
        return new RedisOptions(0, "64mb");
    }

    /** The same on a given port. */
    public RedisOptions withPort(int newPort) {
        return new RedisOptions(newPort, maxMemory);
    }
}
