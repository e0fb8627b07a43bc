package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** Objects in parts. A part has at least 5 MiB, but for the last one; there are at most 10,000 of them. */
final class S3Parts {

    /** How much one request copies; a few seconds' work for a server that really copies. */
    static final long COPY_PART = 256L << 20;

    private static final int MAX_COPIES = 9_000;
    private static final int GROW_EVERY = 1000;

    private final S3Calls calls;
    private final int partSize;
    private final long copyPart;

    /** @param copyPart how many bytes are copied by one request */
    S3Parts(S3Calls calls, int partSize, long copyPart) {
        this.calls = calls;
        this.partSize = partSize;
        this.copyPart = copyPart;
    }

    /** Of the part with the number: they grow, so that 10,000 are enough for the largest object that S3 takes. */
    int partSize(int number) {
        return Math.toIntExact(Math.min((long) partSize * (1 + number / GROW_EVERY), 1 << 30));
    }

    String begin(MediaKey key) throws IOException {
        return calls.call(key, client -> client.createMultipartUpload(
                        request -> request.bucket(calls.bucket()).key(calls.name(key))))
                .uploadId();
    }

    CompletedPart upload(MediaKey key, String uploadId, int number, RequestBody body) throws IOException {
        String tag = calls.call(key, client -> client.uploadPart(
                        request -> request.bucket(calls.bucket())
                                .key(calls.name(key))
                                .uploadId(uploadId)
                                .partNumber(number),
                        body))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    void complete(MediaKey key, String uploadId, List<CompletedPart> parts) throws IOException {
        calls.call(key, client -> client.completeMultipartUpload(request -> request.bucket(calls.bucket())
                .key(calls.name(key))
                .uploadId(uploadId)
                .multipartUpload(upload -> upload.parts(parts))));
    }

    void abort(MediaKey key, String uploadId) throws IOException {
        abort(key, calls.name(key), uploadId);
    }

    private void abort(MediaKey where, String name, String uploadId) throws IOException {
        try {
            calls.call(where, client -> client.abortMultipartUpload(
                    request -> request.bucket(calls.bucket()).key(name).uploadId(uploadId)));
        } catch (ObjectNotFoundException e) {
            // It is complete, or was aborted before.
        }
    }

    /** The parts that are there and wanted, in their order. */
    List<CompletedPart> list(MediaKey key, String uploadId, IntPredicate wanted) throws IOException {
        List<Part> found = new ArrayList<>();
        ListPartsRequest request = ListPartsRequest.builder()
                .bucket(calls.bucket())
                .key(calls.name(key))
                .uploadId(uploadId)
                .build();
        calls.call(key, client -> {
            client.listPartsPaginator(request).parts().forEach(found::add);
            return found;
        });
        return found.stream()
                .filter(part -> wanted.test(part.partNumber()))
                .sorted(Comparator.comparing(Part::partNumber))
                .map(part -> CompletedPart.builder()
                        .partNumber(part.partNumber())
                        .eTag(part.eTag())
                        .build())
                .toList();
    }

    /** Writes what is in the spool already and then the rest of the stream. */
    void write(MediaKey key, Spool spool, InputStream rest) throws IOException {
        spool.fill(rest, partSize(1));
        if (spool.size() < partSize(1)) {
            put(key, spool.body());
            return;
        }
        inParts(key, uploadId -> {
            List<CompletedPart> parts = new ArrayList<>();
            while (spool.size() > 0) {
                parts.add(upload(key, uploadId, parts.size() + 1, spool.body()));
                spool.clear();
                spool.fill(rest, partSize(parts.size() + 1));
            }
            return parts;
        });
    }

    /** Writes a file, which need not be held in memory for it. */
    void write(MediaKey key, FileChannel file) throws IOException {
        long size = file.size();
        if (size <= partSize(1)) {
            put(key, S3Bodies.of(file, 0, size));
            return;
        }
        inParts(key, uploadId -> {
            List<CompletedPart> parts = new ArrayList<>();
            for (long at = 0; at < size; ) {
                int number = parts.size() + 1;
                long length = Math.min(size - at, partSize(number));
                parts.add(upload(key, uploadId, number, S3Bodies.of(file, at, length)));
                at += length;
            }
            return parts;
        });
    }

    void put(MediaKey key, RequestBody body) throws IOException {
        calls.call(key, client -> client.putObject(calls.put(calls.name(key)), body));
    }

    /**
     * Copies inside the bucket. More than 5 GiB have to be copied in parts; so are smaller files, since a server may take longer for
     * one request than a client waits.
     */
    void copy(String fromName, StoredObject from, MediaKey to) throws IOException {
        if (from.size() <= copyPart) {
            calls.call(from.key(), client -> client.copyObject(request -> request.sourceBucket(calls.bucket())
                    .sourceKey(fromName)
                    .destinationBucket(calls.bucket())
                    .destinationKey(calls.name(to))));
            return;
        }
        long length = Math.max(copyPart, from.size() / MAX_COPIES + 1);
        inParts(to, uploadId -> {
            List<Callable<CompletedPart>> copies = new ArrayList<>();
            for (long at = 0; at < from.size(); at += length) {
                int number = copies.size() + 1;
                String range = "bytes=" + at + "-" + (Math.min(from.size(), at + length) - 1);
                copies.add(() -> copyPart(fromName, from, to, uploadId, number, range));
            }
            return Together.call(copies);
        });
    }

    private CompletedPart copyPart(String fromName, StoredObject from, MediaKey to, String uploadId, int number, String range)
            throws IOException {
        String tag = calls.call(from.key(), client -> client.uploadPartCopy(
                        request -> request.sourceBucket(calls.bucket())
                                .sourceKey(fromName)
                                .copySourceRange(range)
                                .destinationBucket(calls.bucket())
                                .destinationKey(calls.name(to))
                                .uploadId(uploadId)
                                .partNumber(number)))
                .copyPartResult()
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(tag).build();
    }

    private void inParts(MediaKey key, Writer writer) throws IOException {
        String uploadId = begin(key);
        try {
            complete(key, uploadId, writer.write(uploadId));
        } catch (IOException | RuntimeException e) {
            try {
                abort(key, uploadId);
            } catch (IOException again) {
                e.addSuppressed(again); // the janitors find it
            }
            if (e instanceof IOException io && S3Problems.noSuchUpload(io)) {
                throw new IOException("What was being written to " + key.uri() + " was taken away meanwhile", e);
            }
            throw e;
        }
    }

    /** Writes the parts of an upload. */
    @FunctionalInterface
    private interface Writer {
        List<CompletedPart> write(String uploadId) throws IOException;
    }

    /** Shows all unfinished objects of a folder. */
    void forEachUnfinished(MediaKey folder, Consumer<MultipartUpload> action) throws IOException {
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(calls.bucket())
                .prefix(calls.name(folder) + "/")
                .build();
        List<MultipartUpload> found = new ArrayList<>();
        calls.call(folder, client -> {
            client.listMultipartUploadsPaginator(request).uploads().forEach(found::add);
            return found;
        });
        found.forEach(action);
    }

    /** Drops all unfinished objects of a folder. */
    void abortBelow(MediaKey folder) throws IOException {
        List<MultipartUpload> found = new ArrayList<>();
        forEachUnfinished(folder, found::add);
        for (MultipartUpload each : found) {
            abort(folder, each.key(), each.uploadId());
        }
    }
}
