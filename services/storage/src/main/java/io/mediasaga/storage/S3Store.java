package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import software.amazon.awssdk.core.ResponseInputStream;
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
    private static final int SMALL = 1 << 20;
    /** Names nothing; for questions about the bucket. */
    private static final MediaKey PROBE = MediaKey.of("uploads");

    private final S3Calls calls;
    private final S3Parts parts;
    private final S3Appends appends;
    private final Path tempDir;

    private S3Store(S3Calls calls, S3Parts parts, Path tempDir) {
        this.calls = calls;
        this.parts = parts;
        this.appends = new S3Appends(calls, parts, tempDir);
        this.tempDir = tempDir;
    }

    static S3Store create(StorageProperties.S3 properties) {
        return create(properties, S3Parts.COPY_PART);
    }

    /** @param copyPart how many bytes are copied by one request */
    static S3Store create(StorageProperties.S3 properties, long copyPart) {
        S3Calls calls = new S3Calls(S3Clients.create(properties), S3Clients.problems(properties), properties.prefix());
        return new S3Store(
                calls,
                new S3Parts(calls, Math.toIntExact(properties.partSize().toBytes()), copyPart),
                properties.tempDir() == null ? Path.of(System.getProperty("java.io.tmpdir")) : properties.tempDir());
    }

    /**
     * Looks whether the bucket is there and may be used.
     *
     * @throws StoreUnavailableException when it is not; says what to do
     */
    void check() throws IOException {
        calls.requireBucket(PROBE);
        parts.forEachUnfinished(PROBE, each -> {});
    }

    @Override
    public StoredObject write(MediaKey key, InputStream content) throws IOException {
        byte[] first = content.readNBytes(SMALL);
        if (first.length < SMALL) {
            parts.put(key, S3Bodies.of(first));
        } else {
            try (Spool spool = new Spool(tempDir)) {
                spool.write(first, 0, first.length);
                parts.write(key, spool, content);
            }
        }
        return existing(key);
    }

    @Override
    public StoredObject write(MediaKey key, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            parts.write(key, channel);
        }
        return existing(key);
    }

    @Override
    public Optional<StoredObject> find(MediaKey key) throws IOException {
        Optional<StoredObject> found = head(key);
        if (found.isEmpty()) {
            calls.requireBucket(key);
        }
        return found;
    }

    /** As {@link #find}, but where the bucket is missing it only seems that the object is. */
    private Optional<StoredObject> head(MediaKey key) throws IOException {
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
            return new S3Input(key, body);
        } catch (IOException e) {
            if (e.getCause() instanceof S3Exception s3 && s3.statusCode() == RANGE_NOT_SATISFIABLE) {
                return InputStream.nullInputStream();
            }
            throw e;
        }
    }

    @Override
    public void forEach(MediaKey folder, Consumer<StoredObject> action) throws IOException {
        forEachRaw(folder, object -> key(object.key())
                .ifPresent(key -> action.accept(new StoredObject(key, object.size(), object.lastModified()))));
    }

    @Override
    public void forEachUnfinished(MediaKey folder, Consumer<Unfinished> action) throws IOException {
        parts.forEachUnfinished(
                folder, each -> key(each.key()).ifPresent(key -> action.accept(new Unfinished(key, each.initiated()))));
    }

    /** The key of an object; empty for what is hidden and for names that are not ours. */
    private Optional<MediaKey> key(String name) {
        try {
            return Optional.of(MediaKey.of(calls.keyOf(name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public void forEachFolder(MediaKey folder, Consumer<MediaKey> action) throws IOException {
        forEachPage(folder, true, page -> page.commonPrefixes().forEach(each -> {
            key(each.prefix().substring(0, each.prefix().length() - 1)).ifPresent(action);
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
    public LocalFile local(MediaKey key, Path scratch) throws IOException {
        Path copy = Files.createTempFile(scratch, "copy-", null);
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
        List<Callable<StoredObject>> writes = new ArrayList<>();
        LocalFolder.scan(source, folder).entries().forEach(each -> writes.add(() -> write(each.key(), each.file())));
        return Together.call(writes);
    }

    @Override
    public AppendSession append(MediaKey key, AppendState state, long epoch) throws IOException {
        return appends.open(key, state, epoch);
    }

    @Override
    public StoredObject finish(MediaKey key, AppendState state) throws IOException {
        // Where the bucket is missing, what follows says so.
        Optional<StoredObject> done = head(key);
        if (done.isPresent()) {
            return done.get();
        }
        try {
            appends.finish(key, state);
        } catch (ObjectNotFoundException e) {
            // It may have been finished by a request whose answer was lost, or by somebody else.
            return find(key).filter(each -> each.size() == state.size()).orElseThrow(() -> e);
        }
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
