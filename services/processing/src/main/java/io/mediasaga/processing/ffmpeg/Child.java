package io.mediasaga.processing.ffmpeg;

import io.mediasaga.tracing.TraceSpan;
import io.mediasaga.tracing.Tracing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs a child process to its end, or ends it with all its children. */
final class Child {

    /** How it ended. */
    enum End {
        EXITED,
        STOPPED,
        OUT_OF_TIME,
        OVER_LIMIT
    }

    /**
     * What came of it.
     *
     * @param errors the end of what it wrote to its error output
     */
    record Result(End end, int exitCode, String errors) {
        boolean succeeded() {
            return end == End.EXITED && exitCode == 0;
        }
    }

    private static final int ERRORS_KEPT = 16 * 1024;
    private static final long LOOK_MILLIS = 200;

    private Child() {}

    /**
     * Starts the process and waits for it.
     *
     * @param onLine gets each line of its output, on another thread
     * @param overLimit looked at five times a second; the process is killed when it says so
     */
    static Result run(ProcessBuilder builder, Duration time, Stop stop, Consumer<String> onLine, BooleanSupplier overLimit)
            throws IOException, InterruptedException {
        if (stop.stopped()) {
            return new Result(End.STOPPED, -1, "");
        }
        TraceSpan span = Tracing.child(program(builder));
        try {
            Result result = runOnce(builder, time, stop, onLine, overLimit);
            if (!result.succeeded()) {
                span.failed(result.end() + ", exit code " + result.exitCode());
            }
            return result;
        } finally {
            span.end();
        }
    }

    /** Behind the programs that confine it. */
    private static String program(ProcessBuilder builder) {
        return builder.command().stream()
                .map(part -> part.substring(part.lastIndexOf('/') + 1))
                .filter(name -> name.equals("ffmpeg") || name.equals("ffprobe"))
                .findFirst()
                .orElse("child process");
    }

    private static Result runOnce(
            ProcessBuilder builder, Duration time, Stop stop, Consumer<String> onLine, BooleanSupplier overLimit)
            throws IOException, InterruptedException {
        Started started = new Started(builder, onLine);
        Process process = started.process();
        StringBuilder errors = new StringBuilder();
        Thread errorReader = daemon("ffmpeg-err", () -> lines(process.getErrorStream(), line -> keep(errors, line)));
        try {
            stop.onStop(() -> kill(process));
            End end = await(process, System.nanoTime() + time.toNanos(), stop, overLimit);
            started.join();
            errorReader.join();
            synchronized (errors) {
                return new Result(end, process.exitValue(), errors.toString());
            }
        } finally {
            kill(process);
        }
    }

    /**
     * A process started by a thread of its own, which reads its output and so outlives it. The kernel kills the process when
     * the thread that started it ends, which the carrier of a virtual thread may do at any time.
     */
    private static final class Started {
        private final CompletableFuture<Process> process = new CompletableFuture<>();
        private final Thread thread;

        Started(ProcessBuilder builder, Consumer<String> onLine) {
            thread = daemon("ffmpeg-out", () -> {
                try {
                    process.complete(builder.start());
                } catch (IOException | RuntimeException e) {
                    process.completeExceptionally(e);
                    return;
                }
                lines(process.join().getInputStream(), onLine);
                process.join().onExit().join();
            });
        }

        Process process() throws IOException, InterruptedException {
            try {
                return process.get();
            } catch (ExecutionException e) {
                throw new IOException(e.getCause().getMessage(), e.getCause());
            }
        }

        void join() throws InterruptedException {
            thread.join();
        }
    }

    private static End await(Process process, long deadline, Stop stop, BooleanSupplier overLimit) throws InterruptedException {
        End end = End.EXITED;
        while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (end == End.EXITED && System.nanoTime() > deadline) {
                end = End.OUT_OF_TIME;
            } else if (end == End.EXITED && overLimit.getAsBoolean()) {
                end = End.OVER_LIMIT;
            }
            if (end != End.EXITED) {
                kill(process);
            }
        }
        return stop.stopped() ? End.STOPPED : end;
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void keep(StringBuilder errors, String line) {
        if (line.contains(": no version information available (required by ")) {
            return; // what the loader says about each StubLibrary
        }
        synchronized (errors) {
            errors.append(line).append('\n');
            if (errors.length() > ERRORS_KEPT) {
                errors.delete(0, errors.length() - ERRORS_KEPT);
            }
        }
    }

    private static void lines(InputStream stream, Consumer<String> onLine) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                onLine.accept(line);
            }
        } catch (IOException e) {
            onLine.accept("");
        }
    }

    private static Thread daemon(String name, Runnable work) {
        return Thread.ofPlatform().daemon().name(name).start(work);
    }
}
