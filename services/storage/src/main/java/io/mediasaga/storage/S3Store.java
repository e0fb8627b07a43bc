package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects of an S3-compatible bucket. Large ones are written in parts. */
final class S3Store implements MediaStore, AutoCloseable {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Calls calls;
    private final S3Parts parts;
    private final S3Appends appends;
    private final Path tempDir;

    S3Store(S3Client client, String bucket, String prefix, int partSize, Path tempDir) {
        this.calls = new S3Calls(client, bucket, prefix);
        this.parts = new S3Parts(calls, partSize);
        this.appends = new S3Appends(calls, parts);
        this.tempDir = tempDir;
    }

    static S3Store create(StorageProperties.S3 properties) {
        return new S3Store(
                S3Clients.create(properties),
                properties.bucket(),
                properties.prefix(),
                Math.toIntExact(properties.partSize().toBytes()),
                properties.tempDir() == null ? Path.of(System.getProperty("java.io.tmpdir")) : properties.tempDir());
    }

    @Override
    public StoredObject write(MediaKey key, InputStream content) throws IOException {
        byte[] first = content.readNBytes(parts.partSize());
        if (first.length < parts.partSize()) {
            put(key, RequestBody.fromBytes(first));
        } else {
            parts.write(key, first, content);
        }
        return existing(key);
    }

    @Override
    public StoredObject write(MediaKey key, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return write(key, in);
        }
    }

    @Override
    public Optional<StoredObject> find(MediaKey key) throws IOException {
        try {
            HeadObjectResponse head = calls.call(key, client -> client.headObject(calls.head(key)));
            return Optional.of(new StoredObject(key, head.contentLength(), head.lastModified()));
        } catch (ObjectNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public InputStream open(MediaKey key, long offset, long length) throws IOException {
        if (length <= 0) {
            existing(key);
            return InputStream.nullInputStream();
        }
        long end = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length;
        String range = offset == 0 && end == Long.MAX_VALUE
                ? null
                : "bytes=" + offset + "-" + (end == Long.MAX_VALUE ? "" : Long.toString(end - 1));
        try {
            ResponseInputStream<GetObjectResponse> body =
                    calls.call(key, client -> client.getObject(calls.get(key, range)));
            return new AbortingInputStream(body);
        } catch (IOException e) {
            if (e.getCause() instanceof S3Exception s3 && s3.statusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw e;
        }
    }

    @Override
    public void forEach(MediaKey folder, Consumer<StoredObject> action) throws IOException {
        forEachRaw(folder, object -> {
            String value = calls.keyOf(object.key());
            if (!value.contains("/" + Durable.HIDDEN)) {
                Instant modified = object.lastModified();
                action.accept(new StoredObject(MediaKey.of(value), object.size(), modified));
            }
        });
    }

    @Override
    public void forEachFolder(MediaKey folder, Consumer<MediaKey> action) throws IOException {
        forEachPage(folder, true, page -> page.commonPrefixes().forEach(each -> {
            String name = calls.keyOf(each.prefix());
            action.accept(MediaKey.of(name.substring(0, name.length() - 1)));
        }));
    }

    @Override
    public void delete(MediaKey key) throws IOException {
        calls.delete(key, calls.name(key));
    }

    @Override
    public int deleteAll(MediaKey folder) throws IOException {
        parts.abortBelow(folder);
        List<ObjectIdentifier> found = new ArrayList<>();
        int[] counted = new int[1];
        forEachRaw(folder, object -> {
            found.add(ObjectIdentifier.builder().key(object.key()).build());
            counted[0] += object.key().contains("/" + Durable.HIDDEN) ? 0 : 1;
        });
        calls.deleteEach(folder, found);
        return counted[0];
    }

    @Override
    public LocalFile local(MediaKey key) throws IOException {
        Files.createDirectories(tempDir);
        Path copy = Files.createTempFile(tempDir, "mediasaga-", "-" + key.name());
        try (InputStream in = open(key)) {
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(copy);
            throw Room.explain(e);
        }
        return new TemporaryFile(copy);
    }

    @Override
    public StoredObject copy(MediaKey from, MediaKey to) throws IOException {
        parts.copy(calls.name(from), existing(from), to);
        return existing(to);
    }

    @Override
    public List<StoredObject> copyIn(Path source, MediaKey folder) throws IOException {
        List<StoredObject> written = new ArrayList<>();
        for (LocalFolder.Entry each : LocalFolder.scan(source, folder).entries()) {
            written.add(write(each.key(), each.file()));
        }
        return written;
    }

    @Override
    public AppendSession append(MediaKey key, AppendState state, long epoch) throws IOException {
        return appends.open(key, state, epoch);
    }

    @Override
    public StoredObject finish(MediaKey key, AppendState state) throws IOException {
        Optional<StoredObject> done = find(key);
        if (done.isPresent()) {
            return done.get();
        }
        appends.finish(key, state);
        return existing(key);
    }

    @Override
    public void discard(MediaKey key, AppendState state) throws IOException {
        delete(key);
        appends.discard(key, state);
    }

    @Override
    public void close() {
        calls.close();
    }

    private void put(MediaKey key, RequestBody body) throws IOException {
        calls.call(key, client -> client.putObject(calls.put(calls.name(key)), body));
    }

    private StoredObject existing(MediaKey key) throws IOException {
        return find(key).orElseThrow(() -> new ObjectNotFoundException(key));
    }

    private void forEachRaw(MediaKey folder, Consumer<S3Object> action) throws IOException {
        forEachPage(folder, false, page -> page.contents().forEach(action));
    }

    private void forEachPage(MediaKey folder, boolean direct, Consumer<ListObjectsV2Response> action)
            throws IOException {
        String token = null;
        do {
            ListObjectsV2Request page = calls.list(folder, direct, token);
            ListObjectsV2Response answer = calls.call(folder, client -> client.listObjectsV2(page));
            action.accept(answer);
            token = Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null;
        } while (token != null);
    }

    private record TemporaryFile(Path path) implements LocalFile {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(path);
        }
    }
}
