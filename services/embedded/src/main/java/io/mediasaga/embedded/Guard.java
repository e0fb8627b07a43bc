package io.mediasaga.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/**
 * Ends a server when the process that started it is gone without having stopped it: a shell waits at the end of a pipe that
 * the system closes with this process.
 */
public final class Guard implements AutoCloseable {

    private final Process shell;

    private Guard(Process shell) {
        this.shell = shell;
    }

    /** Watches over the process {@code pid}; {@code signal} (as in {@code TERM}) is what ends it in good order. */
    public static Guard over(long pid, String signal) {
        // Ctrl-C reaches the whole group: the guard must not go before the server has been stopped
        String script = "trap '' INT TERM HUP; read -r word; [ \"$word\" = done ] || kill -s %s %d".formatted(signal, pid);
        try {
            return new Guard(new ProcessBuilder("sh", "-c", script)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start());
        } catch (IOException e) {
            throw new EmbeddedServerException("Cannot start sh to guard process " + pid + ": " + e.getMessage(), e);
        }
    }

    /** Ends the watch; the process is left alone. */
    @Override
    public void close() {
        try (var pipe = shell.getOutputStream()) {
            pipe.write("done\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        } catch (IOException e) {
            shell.destroyForcibly(); // it is gone already, or its pipe is
        }
    }
}
