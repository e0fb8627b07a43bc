package io.mediasaga.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes S3 clients from configuration. */
final class S3Clients {

    static final int MIN_PART_SIZE = 5 << 20;

    private S3Clients() {}

    /** Where the bucket is, for people. */
    static S3Problems problems(StorageProperties.S3 properties) {
        String where = properties.endpoint() == null ? "Amazon S3 in " + properties.region() : properties.endpoint().toString();
        return new S3Problems(properties.bucket(), where);
    }

    /** @throws IllegalArgumentException when the configuration is wrong; names every wrong property */
    static S3Client create(StorageProperties.S3 properties) {
        check(properties);
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(properties.region()))
                .forcePathStyle(properties.pathStyle())
                // Servers other than Amazon's do not all know the newer checksum trailers; content is signed anyway.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                // Others want an MD5 where S3 wants any checksum, when objects are deleted together.
                .addPlugin(LegacyMd5Plugin.create())
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false));
        if (properties.endpoint() != null) {
            builder.endpointOverride(properties.endpoint());
        }
        if (!properties.accessKey().isEmpty()) {
            builder.credentialsProvider(StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(properties.accessKey(), properties.secretKey())));
        }
        return builder.build();
    }

    private static void check(StorageProperties.S3 properties) {
        List<String> wrong = new ArrayList<>();
        if (properties.bucket().isBlank()) {
            wrong.add("mediasaga.storage.s3.bucket is missing: name an existing bucket");
        }
        if (properties.region().isBlank()) {
            wrong.add("mediasaga.storage.s3.region is missing: name the bucket's, or us-east-1 for a server that has none");
        }
        if (properties.endpoint() != null && (properties.endpoint().getHost() == null
                || !Set.of("http", "https").contains(properties.endpoint().getScheme()))) {
            wrong.add("mediasaga.storage.s3.endpoint must be like https://s3.example.org:9000, not " + properties.endpoint());
        }
        if (properties.accessKey().isEmpty() != properties.secretKey().isEmpty()) {
            wrong.add("mediasaga.storage.s3.access-key and secret-key belong together: give both or none");
        }
        if (properties.prefix().startsWith("/") || properties.prefix().endsWith("/")) {
            wrong.add("mediasaga.storage.s3.prefix must not begin or end with a slash");
        }
        long partSize = properties.partSize().toBytes();
        if (partSize < MIN_PART_SIZE || partSize > (1 << 30)) {
            wrong.add("mediasaga.storage.s3.part-size must be 5MB to 1GB, not " + properties.partSize());
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("The S3 media store cannot be used. " + String.join(". ", wrong));
        }
    }
}
