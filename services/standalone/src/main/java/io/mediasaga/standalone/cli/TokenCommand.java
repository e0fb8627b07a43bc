package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.platform.DataFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Issues a token of the platform's own issuer. */
@Command(name = "token", mixinStandardHelpOptions = true, description = {
    "Prints a token for a person, for the console and for Authorization: Bearer.",
    "A viewer looks, an operator steers too, an uploader starts sagas for the",
    "owner of the person's name and sends their files."
})
final class TokenCommand implements Callable<Integer> {

    private static final int LONGEST_HOURS = 24 * 365;
    private static final int LONGEST_NAME = 64;

    @Option(names = "--name", paramLabel = "NAME", description = "the person, as the audit keeps it (default: who runs this)")
    private @Nullable String name;

    @Option(names = "--role", paramLabel = "ROLE", split = ",", description = "viewer, operator, uploader; may be given again (default: all)")
    private List<String> roles = List.of();

    @Option(names = "--hours", paramLabel = "N", description = "how long it is good for (default: ${DEFAULT-VALUE})", defaultValue = "12")
    private int hours;

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the platform's data (default: ${DEFAULT-VALUE})",
            defaultValue = ".mediasaga")
    private Path data = Path.of(".mediasaga");

    @Override
    public Integer call() {
        String person = name == null ? SignInLink.user() : name.strip();
        if (person.isEmpty() || person.length() > LONGEST_NAME || person.chars().anyMatch(Character::isISOControl)) {
            throw new UsageException("--name has to be 1 to " + LONGEST_NAME + " characters");
        }
        if (!SignInLink.ALL_ROLES.containsAll(roles)) {
            throw new UsageException("--role is " + String.join(",", roles) + "; there are " + String.join(", ", SignInLink.ALL_ROLES));
        }
        if (hours < 1 || hours > LONGEST_HOURS) {
            throw new UsageException("--hours is " + hours + "; 1 to " + LONGEST_HOURS + " are possible");
        }
        DataFolder folder = DataFolder.at(data);
        if (!Files.isDirectory(folder.path("secrets"))) {
            throw new UsageException("No platform has run on %s yet; start it, or name its data folder with --data".formatted(folder.root()));
        }
        Terminal.standard().line(folder.issuer().token(person, roles.isEmpty() ? SignInLink.ALL_ROLES : roles, Duration.ofHours(hours)));
        return ExitCode.OK;
    }
}
