package io.mediasaga.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Calls a bucket; what goes wrong is explained by {@link S3Problems}. */
final class S3Calls implements AutoCloseable {

    private static final int DELETE_AT_ONCE = 1000;

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final S3Problems problems;

    S3Calls(S3Client client, S3Problems problems, String prefix) {
        this.client = client;
        this.bucket = problems.bucket();
        this.problems = problems;
        this.prefix = prefix.isEmpty() ? "" : prefix + "/";
    }

    String bucket() {
        return bucket;
    }

    /** The bucket's name for the key. */
    String name(MediaKey key) {
        return prefix + key.value();
    }

    /** The key of a name of the bucket. */
    String keyOf(String name) {
        return name.substring(prefix.length());
    }

    <T> T call(MediaKey key, Call<T> call) throws IOException {
        try {
            return again(call);
        } catch (SdkException e) {
            throw problems.explain(key, e);
        } catch (UncheckedIOException e) {
            throw problems.unreachable(e);
        }
    }

    /** The SDK's client gives such an exception, and does not try again, when a connection that was kept has ended meanwhile. */
    private <T> T again(Call<T> call) {
        try {
            return call.on(client);
        } catch (UncheckedIOException e) {
            return call.on(client);
        }
    }

    /** @throws StoreUnavailableException when there is no such bucket; an answer to HEAD does not tell that from a missing object */
    void requireBucket(MediaKey key) throws IOException {
        ListObjectsV2Request request = ListObjectsV2Request.builder().bucket(bucket).prefix(prefix).maxKeys(1).build();
        call(key, c -> c.listObjectsV2(request));
    }

    GetObjectRequest get(MediaKey key, @Nullable String range) {
        return GetObjectRequest.builder().bucket(bucket).key(name(key)).range(range).build();
    }

    HeadObjectRequest head(MediaKey key) {
        return HeadObjectRequest.builder().bucket(bucket).key(name(key)).build();
    }

    PutObjectRequest put(String name) {
        return PutObjectRequest.builder().bucket(bucket).key(name).build();
    }

    /** @param direct whether subfolders are told as such, and not what is in them */
    ListObjectsV2Request list(MediaKey folder, boolean direct, @Nullable String token) {
        return ListObjectsV2Request.builder()
                .bucket(bucket)
                .prefix(name(folder) + "/")
                .delimiter(direct ? "/" : null)
                .continuationToken(token)
                .build();
    }

    void delete(MediaKey key, String name) throws IOException {
        call(key, c -> c.deleteObject(request -> request.bucket(bucket).key(name)));
    }

    void deleteEach(MediaKey folder, List<ObjectIdentifier> names) throws IOException {
        for (int from = 0; from < names.size(); from += DELETE_AT_ONCE) {
            List<ObjectIdentifier> some = names.subList(from, Math.min(names.size(), from + DELETE_AT_ONCE));
            DeleteObjectsResponse answer = call(folder, c -> c.deleteObjects(
                    request -> request.bucket(bucket).delete(d -> d.objects(some).quiet(true))));
            if (answer.hasErrors() && !answer.errors().isEmpty()) {
                throw new IOException("The S3 bucket " + bucket + " would not delete "
                        + answer.errors().getFirst().key() + ": " + answer.errors().getFirst().message());
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /** One call. */
    @FunctionalInterface
    interface Call<T> {
        T on(S3Client client);
    }
}
