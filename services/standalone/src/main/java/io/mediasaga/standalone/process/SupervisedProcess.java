package io.mediasaga.standalone.process;

import io.mediasaga.embedded.Guard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A child process that is started again when it dies, and that does not outlive this process. Safe for use from several
 * threads.
 */
public final class SupervisedProcess implements AutoCloseable {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONG_LIFE = Duration.ofMinutes(1);
    private static final int STOP_SECONDS = 25;
    private static final String SETSID = "/usr/bin/setsid";

    private final String name;
    private final List<String> command;
    private final Path log;
    private final Consumer<String> tell;
    private Process process;
    private Guard guard;
    private long startedAt;
    private Duration wait = FIRST_WAIT;
    private boolean closed;

    /**
     * Starts the process.
     *
     * @param name what to call it
     * @param command program and arguments
     * @param log where its output is added
     * @param tell is told in a line when it died
     */
    public SupervisedProcess(String name, List<String> command, Path log, Consumer<String> tell) {
        this.name = name;
        this.command = inOwnSession(command);
        this.log = log;
        this.tell = tell;
        this.process = launch();
        this.guard = Guard.over(process.pid(), "TERM");
        watch();
    }

    /** Ctrl-C reaches the whole group of the terminal; this process stops the child itself, in order. */
    private static List<String> inOwnSession(List<String> command) {
        if (!Files.isExecutable(Path.of(SETSID))) {
            return List.copyOf(command);
        }
        List<String> own = new ArrayList<>(List.of(SETSID));
        own.addAll(command);
        return List.copyOf(own);
    }

    private Process launch() {
        startedAt = System.nanoTime();
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start the process of " + name, e);
        }
    }

    private void watch() {
        process.onExit().thenAccept(this::died);
    }

    private synchronized void died(Process dead) {
        guard.close();
        if (closed) {
            return;
        }
        boolean livedLong = System.nanoTime() - startedAt > LONG_LIFE.toNanos();
        wait = livedLong ? FIRST_WAIT : wait;
        tell.accept("%s (process %d) ended with status %d; it is started again in %d s. Its log: %s"
                .formatted(name, dead.pid(), dead.exitValue(), wait.toSeconds(), log));
        Executor later = CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS);
        wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait.multipliedBy(2);
        later.execute(this::again);
    }

    private synchronized void again() {
        if (closed) {
            return;
        }
        process = launch();
        guard = Guard.over(process.pid(), "TERM");
        watch();
        tell.accept("%s runs again as process %d".formatted(name, process.pid()));
    }

    /** Its process id at the moment. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Whether it runs at the moment. */
    public synchronized boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, without waiting for it. */
    public void stop() {
        Process stopping;
        synchronized (this) {
            closed = true;
            stopping = process;
        }
        stopping.destroy();
    }

    /** Ends it, by force when asking does not help. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
