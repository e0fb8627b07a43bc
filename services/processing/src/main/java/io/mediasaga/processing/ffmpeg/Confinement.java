package io.mediasaga.processing.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel bound what a child may take, and kill it when this process is killed: by the tools that every Linux
 * distribution brings. Where they are missing, as in some small images, the limits of the container have to do.
 */
final class Confinement {

    private static final Logger LOG = LoggerFactory.getLogger(Confinement.class);
    private static final List<String> DIES_WITH_PARENT = List.of("/usr/bin/setpriv", "--pdeathsig", "KILL", "--");
    private static final String LIMITS = "/usr/bin/prlimit";

    /** Bytes; every thread's stack counts as memory. */
    private static final long STACK = 2L << 20;

    private final boolean diesWithParent;
    private final boolean limits;

    private Confinement(boolean diesWithParent, boolean limits) {
        this.diesWithParent = diesWithParent;
        this.limits = limits;
    }

    /** Finds out what there is. */
    static Confinement find() throws IOException {
        boolean setpriv = works(DIES_WITH_PARENT);
        boolean prlimit = works(List.of(LIMITS, "--core=0", "--"));
        if (!setpriv || !prlimit) {
            LOG.info("There is no {} here: FFmpeg is bound by the container's limits only", prlimit ? "setpriv" : LIMITS);
        }
        return new Confinement(setpriv, prlimit);
    }

    /** What goes in front of a command. */
    List<String> prefix(MediaLimits most, Duration time) {
        List<String> prefix = new ArrayList<>();
        if (diesWithParent) {
            prefix.addAll(DIES_WITH_PARENT);
        }
        if (limits) {
            Duration processorTime = time.multipliedBy(Runtime.getRuntime().availableProcessors()).plusMinutes(1);
            prefix.addAll(List.of(
                    LIMITS, "--data=" + most.memoryBytes(), "--stack=" + STACK + ":" + STACK, "--cpu=" + processorTime.toSeconds(), "--fsize=" + most.outputBytes(),
                    "--core=0", "--"));
        }
        return prefix;
    }

    private static boolean works(List<String> prefix) throws IOException {
        if (!Files.isExecutable(Path.of(prefix.getFirst()))) {
            return false;
        }
        List<String> command = new ArrayList<>(prefix);
        command.add("/bin/true");
        try {
            return Child.run(new ProcessBuilder(command), Duration.ofMinutes(1), Stop.NEVER, line -> {}, () -> false).succeeded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while FFmpeg was prepared", e);
        }
    }
}
