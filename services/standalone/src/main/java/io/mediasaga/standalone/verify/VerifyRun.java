package io.mediasaga.standalone.verify;

import io.mediasaga.embedded.Directories;
import io.mediasaga.standalone.platform.DataFolder;
import io.mediasaga.standalone.platform.FileLogging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The folder and the processes of runs; both are gone when it is closed, and when the program is told to end. */
final class VerifyRun implements AutoCloseable {

    private final Consumer<String> tell;
    private final Path folder;
    private final boolean temporary;
    private final Thread runner = Thread.currentThread();
    private final Thread onExit = new Thread(this::abort, "stop-verification");
    private final ReentrantLock running = new ReentrantLock();
    private boolean keep;
    private int runs;

    VerifyRun(@Nullable Path given, Consumer<String> tell) throws IOException {
        this.tell = tell;
        this.temporary = given == null;
        this.folder = given == null ? Files.createTempDirectory("mediasaga-verify-") : given;
        FileLogging.begin(DataFolder.at(folder.resolve("verifier")));
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Runs on a platform that is started for it. */
    VerifyResult carryOut(VerifyOptions options) throws InterruptedException, SQLException, IOException {
        Path data = folder.resolve("run-" + ++runs);
        running.lock();
        try {
            String faults = options.faults().stream().sorted().map(FaultKind::word).collect(Collectors.joining(","));
            tell.accept("Seed %d: %d sagas, faults %s, on %s"
                    .formatted(options.seed(), options.sagas(), faults.isEmpty() ? "none" : faults, data));
            try (Verification verification = Verification.start(options, data, tell)) {
                return verification.run();
            }
        } finally {
            running.unlock();
        }
    }

    /** Whether what lies in the folder is still to be looked at. */
    void keepWhen(boolean wanted) {
        keep = wanted;
    }

    /** Ctrl-C: the run is interrupted, and ends what it has started before this JVM goes. */
    private void abort() {
        runner.interrupt();
        running.lock();
        running.unlock();
        delete();
    }

    private void delete() {
        if (temporary && !keep) {
            Directories.delete(folder);
        } else if (temporary) {
            tell.accept("Data and logs are kept in " + folder);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            return; // the program is ending, and the hook does the rest
        }
        delete();
    }
}
