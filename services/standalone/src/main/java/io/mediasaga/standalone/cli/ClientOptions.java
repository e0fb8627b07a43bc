package io.mediasaga.standalone.cli;

import io.mediasaga.standalone.client.ApiClient;
import io.mediasaga.standalone.platform.DataFolder;
import io.mediasaga.standalone.platform.RunningPlatform;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** How every command finds the platform, and in which form it answers. */
final class ClientOptions {

    private static final String USUAL = "http://127.0.0.1:8080";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Option(names = "--server", paramLabel = "URL", description = "where the platform is "
            + "(default: MEDIASAGA_SERVER, else the one that runs on the data folder, else " + USUAL + ")")
    private @Nullable URI server;

    @Option(names = "--token-file", paramLabel = "FILE", description = "file with the API token "
            + "(default: MEDIASAGA_TOKEN holds the token itself, MEDIASAGA_TOKEN_COMMAND prints it, else the data folder's)")
    private @Nullable Path tokenFile;

    @Option(names = "--data", paramLabel = "DIR", description = "folder of the platform's data (default: ${DEFAULT-VALUE})",
            defaultValue = ".mediasaga")
    private Path data = Path.of(".mediasaga");

    @Option(names = "--json", description = "answer in JSON, for machines")
    private boolean json;

    boolean json() {
        return json;
    }

    /** Where this command remembers things. */
    Path memory() {
        return io.mediasaga.embedded.Directories.cache().resolve("publish");
    }

    ApiClient connect() {
        return new ApiClient(address(), token());
    }

    private URI address() {
        if (server != null) {
            return checked(server);
        }
        String configured = System.getenv("MEDIASAGA_SERVER");
        if (configured != null && !configured.isBlank()) {
            return checked(URI.create(configured.strip()));
        }
        return URI.create(DataFolder.at(data).running().map(RunningPlatform::address).orElse(USUAL));
    }

    private static URI checked(URI address) {
        if (address.getHost() == null || !("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
            throw new UsageException("'" + address + "' is no address of a platform; one looks like " + USUAL);
        }
        return address;
    }

    private String token() {
        String given = System.getenv("MEDIASAGA_TOKEN");
        if (tokenFile == null && given != null && !given.isBlank()) {
            return given.strip();
        }
        String command = System.getenv(PrintedToken.VARIABLE);
        if (tokenFile == null && command != null && !command.isBlank()) {
            return new PrintedToken(command, PATIENCE).token();
        }
        Path file = tokenFile == null ? DataFolder.at(data).tokenFile() : tokenFile;
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UsageException(("There is no API token: the file %s cannot be read. Name the platform's data folder with "
                    + "--data or the token's file with --token-file, or set MEDIASAGA_TOKEN; "
                    + "helm status mediasaga -n mediasaga tells how to get that of a cluster").formatted(file.toAbsolutePath()));
        }
    }

    /** Prints an answer as machines want it. */
    void print(JsonNode answer) {
        Terminal.standard().line(answer.toPrettyString());
    }
}
