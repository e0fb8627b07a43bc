package io.mediasaga.web;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Runs a service as a process of its own, which ends when it is told to (SIGTERM): at once while it is still starting, however long
 * its start would go on waiting for a server that is away, and else in good order, but within {@link #LIMIT}, whatever its parts do.
 */
public final class ServiceMain {

    /** Before Kubernetes ends a pod by force, 60 s after it was told to end. */
    private static final Duration LIMIT = Duration.ofSeconds(55);

    private static final int TERMINATED = 143; // as a process that SIGTERM has ended

    private ServiceMain() {}

    /**
     * Returns when the service has started.
     *
     * @param application its main class
     * @param name of the service, and of its configuration without {@code .yaml}
     */
    public static void run(Class<?> application, String name, String... arguments) {
        run(LIMIT, () -> new SpringApplicationBuilder(application).properties("spring.config.name=" + name).run(arguments));
    }

    static void run(Duration limit, Runnable start) {
        var starting = new Starting(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            starting.giveUp();
            // A daemon, so that nobody waits for it where everything ends in time.
            Thread.ofPlatform().daemon().name("shutdown-limit").start(() -> endAfter(limit));
        }, "begin-shutdown"));
        start.run();
        starting.done();
    }

    private static void endAfter(Duration limit) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.printf("Not everything has ended within %d s; this process ends now. Threads that were still at something:%n",
                limit.toSeconds());
        Thread.getAllStackTraces().forEach(ServiceMain::tell);
        System.err.flush();
        Runtime.getRuntime().halt(TERMINATED);
    }

    private static void tell(Thread thread, StackTraceElement[] stack) {
        if (!thread.isDaemon() && stack.length > 0) {
            System.err.printf("  %s: %s%n", thread.getName(), String.join(" < ", java.util.Arrays.stream(stack)
                    .limit(8)
                    .map(StackTraceElement::toString)
                    .toList()));
        }
    }

    /** The start, which holds what the shutdown has to wait for: Spring closes nothing that is being opened. */
    private static final class Starting {
        private final Thread thread;
        private boolean done;

        Starting(Thread thread) {
            this.thread = thread;
        }

        synchronized void done() {
            done = true;
        }

        synchronized void giveUp() {
            if (!done) {
                thread.interrupt();
            }
        }
    }
}
