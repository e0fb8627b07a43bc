package io.mediasaga.standalone.web;

import org.jspecify.annotations.Nullable;

/**
 * The service that the current thread works for, where several share a JVM. A thread works for the service of whoever made it,
 * so all that a service starts belongs to it; threads that serve requests are told.
 */
public final class CurrentService {

    /** What belongs to no service: the servers, and the platform itself. */
    public static final String NONE = "mediasaga";

    private static final InheritableThreadLocal<@Nullable String> NAME = new InheritableThreadLocal<>();

    private CurrentService() {}

    /** Its name; {@link #NONE} where there is none. */
    public static String name() {
        String name = NAME.get();
        return name == null ? NONE : name;
    }

    /** Ends the work for the service. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** From now on, until the scope is closed, the thread works for the service. */
    public static Scope is(String name) {
        String before = NAME.get();
        NAME.set(name);
        return () -> {
            if (before == null) {
                NAME.remove();
            } else {
                NAME.set(before);
            }
        };
    }
}
