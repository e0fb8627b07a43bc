package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.bench.BenchCommand;
import io.mediasaga.standalone.verify.VerifyCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program {@code mediasaga}. */
@Command(
        name = "mediasaga", mixinStandardHelpOptions = true,
        description = "Publishes media through sagas that never stop half-way.",
        subcommands = {
            DemoCommand.class,
            DevCommand.class,
            DownCommand.class,
            PublishCommand.class,
            SagasCommand.class,
            DeadLettersCommand.class,
            TokenCommand.class,
            BenchCommand.class,
            VerifyCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done", "1:the saga failed or is held", "2:wrong use, or a file that cannot be read",
            "3:the platform is not reachable", "4:the platform refused, or there is no such thing", "5:a port is in use",
            "6:the platform cannot start", "70:a fault of the program", "130:interrupted"
        },
        footer = {
            // the script ./mediasaga does this one itself: it needs no Java
            "", "On Kubernetes:", "  mediasaga cluster up|down   starts and stops a cluster to try the chart on (kind, or a node built from source)"
        })
public final class CommandLineMain implements Runnable {

    @Spec
    @SuppressWarnings("NullAway") // picocli sets it
    private CommandSpec spec;

    private CommandLineMain() {}

    /** Runs the command line; see {@code mediasaga help}. */
    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        System.exit(status);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new CommandLineMain());
        line.setExecutionExceptionHandler(new Failures());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        faultsAreToldApart(line);
        return line;
    }

    private static void faultsAreToldApart(CommandLine line) {
        line.getCommandSpec().exitCodeOnExecutionException(ExitCode.FAULT);
        line.getSubcommands().values().forEach(CommandLineMain::faultsAreToldApart);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which command?");
    }
}
