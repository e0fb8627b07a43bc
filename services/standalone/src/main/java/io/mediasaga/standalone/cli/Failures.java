package io.mediasaga.standalone.cli;

import io.mediasaga.embedded.EmbeddedServerException;
import io.mediasaga.embedded.PortInUseException;
import io.mediasaga.standalone.client.ApiException;
import io.mediasaga.standalone.client.InterruptedWaitException;
import io.mediasaga.standalone.client.LocalFileException;
import io.mediasaga.standalone.client.UnreachableException;
import io.mediasaga.standalone.platform.DataFolderException;
import io.mediasaga.standalone.platform.ServiceFailedException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Turns what went wrong into one line and an exit status. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        int status = status(failure);
        if (status < 0) {
            throw failure;
        }
        command.getErr().println(message(failure));
        command.getErr().flush();
        return status;
    }

    private static int status(Exception failure) {
        return switch (failure) {
            case UsageException e -> ExitCode.USAGE;
            case LocalFileException e -> ExitCode.USAGE;
            case UnreachableException e -> ExitCode.UNREACHABLE;
            case ApiException e -> e.status() >= 500 ? ExitCode.UNREACHABLE : ExitCode.REFUSED;
            case PortInUseException e -> ExitCode.PORT_IN_USE;
            case DataFolderException e -> ExitCode.CANNOT_START;
            case EmbeddedServerException e -> ExitCode.CANNOT_START;
            case ServiceFailedException e -> ExitCode.CANNOT_START;
            case InterruptedWaitException e -> ExitCode.INTERRUPTED;
            default -> -1;
        };
    }

    private static String message(Exception failure) {
        return switch (failure) {
            case PortInUseException e -> "Port %d for %s is in use: stop what listens there, or choose another with --%s-port"
                    .formatted(e.port(), e.server(), e.server().toLowerCase(Locale.ROOT).replace("postgresql", "postgres"));
            default -> String.valueOf(failure.getMessage());
        };
    }
}
