package io.mediasaga.storage;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where media files are kept.
 *
 * @param type file system or S3
 * @param path folder of the file system store, shared by all replicas of all services; made when absent
 * @param minFree writing stops, with a clear message, when the file system has less free space than this
 * @param s3 the S3 store
 */
@ConfigurationProperties("mediasaga.storage")
public record StorageProperties(
        @DefaultValue("filesystem") Type type,
        @DefaultValue(".mediasaga/media") Path path,
        @DefaultValue("256MB") DataSize minFree,
        @DefaultValue S3 s3) {

    /** What the store is built on. */
    public enum Type {
        FILESYSTEM,
        S3
    }

    /**
     * An S3-compatible store.
     *
     * @param endpoint of the service; absent for Amazon's own
     * @param region as in {@code eu-central-1}
     * @param bucket an existing bucket
     * @param prefix put in front of every key, without slashes at its ends; empty for none
     * @param accessKey absent to take the credentials of the environment, as the AWS SDK finds them
     * @param secretKey belongs to the access key
     * @param pathStyle whether the bucket stands in the path and not in the host name; most servers other than Amazon's want it
     * @param partSize size of the first parts of a large object, at least 5 MB; later parts grow
     * @param tempDir where objects are copied for tools that need a file; absent for the system's temporary folder
     */
    public record S3(
            @Nullable URI endpoint,
            @DefaultValue("us-east-1") String region,
            @DefaultValue("") String bucket,
            @DefaultValue("") String prefix,
            @DefaultValue("") String accessKey,
            @DefaultValue("") String secretKey,
            @DefaultValue("false") boolean pathStyle,
            @DefaultValue("8MB") DataSize partSize,
            @Nullable Path tempDir) {

        @Override
        public String toString() {
            return "S3[endpoint=" + endpoint + ", region=" + region + ", bucket=" + bucket + ", prefix=" + prefix + "]";
        }
    }
}
