package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A child process that can be killed, stopped and continued, and that does not outlive this process, however this one ends.
 * Thread-safe.
 */
final class Child implements AutoCloseable {

    private static final String SETSID = "/usr/bin/setsid";
    private static final Duration KILL = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofSeconds(15);

    private final String name;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;
    private @Nullable Guard guard;
    private boolean wanted;
    private boolean closed;

    /** @param log where its output is added */
    Child(String name, List<String> command, Path log) {
        this.name = name;
        List<String> own = new ArrayList<>();
        if (Files.isExecutable(Path.of(SETSID))) {
            own.add(SETSID); // Ctrl-C is for this process, which stops its children in order
        }
        own.addAll(command);
        this.command = List.copyOf(own);
        this.log = log;
    }

    String name() {
        return name;
    }

    synchronized void start() {
        if (closed) {
            return;
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process = started;
            guard = Guard.over(started.pid(), "KILL"); // a stopped process takes no other signal
            wanted = true;
        } catch (IOException e) {
            throw new VerifyException("Cannot start the process of " + name + ": " + e.getMessage(), e);
        }
    }

    /** Whether it has ended although nobody wanted it to. */
    synchronized boolean hasDied() {
        return wanted && process != null && !process.isAlive();
    }

    /** Ends it at once, as kill -9 does. */
    synchronized void kill() {
        wanted = false;
        if (process != null) {
            process.destroyForcibly();
            await(process, System.nanoTime() + KILL.toNanos());
        }
        releaseGuard();
    }

    void pause() {
        signal("STOP");
    }

    void resume() {
        signal("CONT");
    }

    private synchronized void signal(String signal) {
        if (process == null || !process.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("kill", "-s", signal, String.valueOf(process.pid())).start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new VerifyException("Cannot send SIG" + signal + " to " + name + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Process process, long deadline) {
        boolean interrupted = Thread.interrupted();
        try {
            process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void releaseGuard() {
        if (guard != null) {
            guard.close();
            guard = null;
        }
    }

    /** Asks it to end, without waiting for it. */
    synchronized void stop() {
        closed = true;
        wanted = false;
        if (process != null) {
            signal("CONT");
            process.destroy();
        }
    }

    /** Waits until it has ended after {@link #stop()}, and ends it by force at the deadline. */
    void end(long deadline) {
        Process stopping;
        synchronized (this) {
            stopping = process;
        }
        if (stopping != null) {
            await(stopping, deadline);
        }
        kill();
    }

    /** Ends it, by force when asking does not help. */
    @Override
    public void close() {
        stop();
        end(System.nanoTime() + STOP.toNanos());
    }
}
