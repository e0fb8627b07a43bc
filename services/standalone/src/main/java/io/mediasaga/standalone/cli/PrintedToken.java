package io.mediasaga.standalone.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command that prints the API token, as {@code kubectl get secret} does that of a cluster: so nobody has to copy it anywhere, and the
 * one that is used is the one that holds now. What the command says on its error output, it says to the person.
 *
 * @param line for the shell
 * @param patience how long it may take
 */
record PrintedToken(String line, Duration patience) {

    static final String VARIABLE = "MEDIASAGA_TOKEN_COMMAND";
    private static final int MOST_BYTES = 16 * 1024; // a token goes into a header, which servers limit to 8 KiB

    /** @throws UsageException when it fails, takes too long, or prints no token */
    String token() {
        Process process;
        try {
            process = new ProcessBuilder("/bin/sh", "-c", line)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw failed("cannot be started (" + e.getMessage() + ")");
        }
        try {
            CompletableFuture<String> printed = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed("takes longer than %d s".formatted(patience.toSeconds()));
            }
            if (process.exitValue() != 0) {
                throw failed("ended with status " + process.exitValue());
            }
            String token = printed.join().strip();
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
                throw failed(token.isEmpty() ? "printed nothing" : "printed something that is no token");
            }
            return token;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted");
        } finally {
            end(process);
        }
    }

    /** Ends the command with all that it started: what the shell left running would hold the terminal's output open. */
    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                .orTimeout(2, TimeUnit.SECONDS)
                .exceptionally(late -> null)
                .join();
    }

    private static String read(InputStream output) {
        try (output) {
            return new String(output.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private UsageException failed(String how) {
        return new UsageException("The command of %s, '%s', %s; it has to print the API token and nothing else".formatted(VARIABLE, line, how));
    }
}
