package io.mediasaga.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL, Kafka and Redis for services that somebody else starts: to try an image, or to train its ahead-of-time cache. */
final class ServersMain {

    private ServersMain() {}

    /**
     * Runs until its standard input ends; then nothing is left. Arguments: an empty folder, and services. For each service
     * {@code FOLDER/SERVICE.env} has the variables by which it finds its servers, NAME=VALUE in each line; all are written when
     * {@code FOLDER/ready} is there.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Directories.create(Path.of(arguments[0]).toAbsolutePath());
        try (EmbeddedServers servers = EmbeddedServers.start()) {
            for (String service : List.of(arguments).subList(1, arguments.length)) {
                Files.write(folder.resolve(service + ".env"), variables(servers, service));
            }
            Files.createFile(folder.resolve("ready"));
            while (System.in.read() >= 0) {
                // what is said to it does not matter
            }
        }
    }

    private static List<String> variables(EmbeddedServers servers, String service) {
        ServiceDatabase database = servers.postgres().createServiceRole(service, Secrets.random());
        List<String> lines = new ArrayList<>();
        servers.properties(database).forEach((name, value) -> lines.add(variable(name) + "=" + value));
        lines.addAll(Map.of("MEDIASAGA_MESSAGING_CREATETOPICS", "true", "MEDIASAGA_MESSAGING_TOPICS_REPLICAS", "1").entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList());
        return lines;
    }

    /** As Spring Boot reads a property from the environment: dots are underscores, hyphens are left out. */
    private static String variable(String property) {
        return property.replace("-", "").replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    }
}
