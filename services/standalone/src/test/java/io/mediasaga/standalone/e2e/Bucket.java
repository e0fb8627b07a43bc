package io.mediasaga.standalone.e2e;

import io.mediasaga.s3server.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of a real S3 server, as its owner sees it. */
final class Bucket implements AutoCloseable {

    static final String NAME = "films";

    private final S3Server server;
    private final S3Client client;

    private Bucket(S3Server server) {
        this.server = server;
        this.client = S3Client.builder()
                .endpointOverride(server.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(server.accessKey(), server.secretKey())))
                .build();
    }

    static Bucket in(Path folder) throws IOException {
        return new Bucket(S3Server.start(folder, NAME));
    }

    S3Server server() {
        return server;
    }

    /** What a platform has to be told to keep its files here. */
    Map<String, String> settings() {
        return Map.of(
                "mediasaga.storage.type", "s3",
                "mediasaga.storage.s3.endpoint", server.endpoint().toString(),
                "mediasaga.storage.s3.bucket", NAME,
                "mediasaga.storage.s3.path-style", "true",
                "mediasaga.storage.s3.part-size", "5MB",
                "mediasaga.storage.s3.access-key", server.accessKey(),
                "mediasaga.storage.s3.secret-key", server.secretKey());
    }

    /** The same by variables of the environment, as pods have them. */
    Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        settings().forEach((name, value) ->
                variables.put(name.toUpperCase(java.util.Locale.ROOT).replace("-", "").replace('.', '_'), value));
        return variables;
    }

    /** Names of all objects, hidden ones too, and of what was begun and never finished. */
    List<String> everything() {
        Stream<String> objects = client.listObjectsV2Paginator(request -> request.bucket(NAME)).contents().stream().map(S3Object::key);
        return Stream.concat(objects, unfinished().stream().map(key -> key + " (unfinished)")).collect(Collectors.toList());
    }

    /** Names of the objects that are being written in parts. */
    List<String> unfinished() {
        return client.listMultipartUploads(request -> request.bucket(NAME)).uploads().stream().map(each -> each.key()).toList();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
