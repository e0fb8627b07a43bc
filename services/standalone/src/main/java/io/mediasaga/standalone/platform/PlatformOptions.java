package io.mediasaga.standalone.platform;

import java.nio.file.Path;

/**
 * How a platform is to run.
 *
 * @param data where it keeps everything
 * @param fresh whether to begin with nothing
 * @param processes whether each service is a process of its own
 * @param ports where it listens
 * @param dropShare share of sends of the outbox that fail on purpose, 0 to 1
 */
public record PlatformOptions(Path data, boolean fresh, boolean processes, PlatformPorts ports, double dropShare) {

    /** Data kept in the folder, everything in one JVM, the usual ports, nothing lost on purpose. */
    public static PlatformOptions in(Path data) {
        return new PlatformOptions(data, false, false, PlatformPorts.USUAL, 0);
    }

    /** The same on other ports. */
    public PlatformOptions on(PlatformPorts other) {
        return new PlatformOptions(data, fresh, processes, other, dropShare);
    }

    /** The same with each service as a process of its own. */
    public PlatformOptions withProcesses() {
        return new PlatformOptions(data, fresh, true, ports, dropShare);
    }

    /** The same with sends failing on purpose. */
    public PlatformOptions withChaos(double share) {
        return new PlatformOptions(data, fresh, processes, ports, share);
    }
}
