package io.mediasaga.standalone.bench;

import io.mediasaga.standalone.bench.ended.EndedSagas;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/** Makes a folder one of a platform that has been used for long. */
final class EndedBefore {

    private EndedBefore() {}

    /** Runs one saga on the folder and copies it; nothing happens where that has been done. */
    static void prepare(Path folder, long count, Duration over, Consumer<String> tell) throws SQLException, InterruptedException {
        EndedSagas ended = new EndedSagas(folder, count, over, tell);
        EndedSagas.Progress found = ended.look();
        if (found == EndedSagas.Progress.DONE) {
            tell.accept("The %,d ended sagas are there".formatted(count));
            return;
        }
        if (found == EndedSagas.Progress.NOT_BEGUN) {
            tell.accept("Running the saga that is copied, on " + folder);
            try (Platform platform = Platform.start(PlatformOptions.in(folder).on(PlatformPorts.FREE), tell)) {
                new SagaBench(platform, new BenchOptions(0, 1, Duration.ZERO, Duration.ZERO, null), tell).runOne();
            }
        }
        tell.accept("Writing %,d ended sagas".formatted(count));
        ended.fill();
    }
}
