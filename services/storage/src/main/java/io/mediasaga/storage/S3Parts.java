package io.mediasaga.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;

/** Objects in parts. A part has at least 5 MiB, but for the last one; there are at most 10,000 of them. */
final class S3Parts {

    private static final long COPY_AT_ONCE = 5L << 30;
    private static final long COPY_PART = 1L << 30;
    private static final int GROW_EVERY = 1000;

    private final S3Calls calls;
    private final int partSize;

    S3Parts(S3Calls calls, int partSize) {
        this.calls = calls;
        this.partSize = partSize;
    }

    /** Of the first parts, in bytes. */
    int partSize() {
        return partSize;
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
        try {
            calls.call(key, client -> client.abortMultipartUpload(
                    request -> request.bucket(calls.bucket()).key(calls.name(key)).uploadId(uploadId)));
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

    /** Writes what has been read already and then the rest of the stream. */
    void write(MediaKey key, byte[] first, InputStream rest) throws IOException {
        String uploadId = begin(key);
        try {
            List<CompletedPart> parts = new ArrayList<>();
            byte[] next = first;
            for (int number = 1; next.length > 0; number++) {
                parts.add(upload(key, uploadId, number, RequestBody.fromBytes(next)));
                next = rest.readNBytes(partSize(number + 1));
            }
            complete(key, uploadId, parts);
        } catch (IOException | RuntimeException e) {
            abort(key, uploadId);
            throw e;
        }
    }

    /** Copies inside the bucket; more than 5 GiB have to be copied in parts. */
    void copy(String fromName, StoredObject from, MediaKey to) throws IOException {
        if (from.size() <= COPY_AT_ONCE) {
            calls.call(from.key(), client -> client.copyObject(request -> request.sourceBucket(calls.bucket())
                    .sourceKey(fromName)
                    .destinationBucket(calls.bucket())
                    .destinationKey(calls.name(to))));
            return;
        }
        String uploadId = begin(to);
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long at = 0; at < from.size(); at += COPY_PART) {
                int number = parts.size() + 1;
                String range = "bytes=" + at + "-" + (Math.min(from.size(), at + COPY_PART) - 1);
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
                parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
            }
            complete(to, uploadId, parts);
        } catch (IOException | RuntimeException e) {
            abort(to, uploadId);
            throw e;
        }
    }

    /** Drops all unfinished objects of a folder. */
    void abortBelow(MediaKey folder) throws IOException {
        List<MultipartUpload> found = new ArrayList<>();
        ListMultipartUploadsRequest request = ListMultipartUploadsRequest.builder()
                .bucket(calls.bucket())
                .prefix(calls.name(folder) + "/")
                .build();
        calls.call(folder, client -> {
            client.listMultipartUploadsPaginator(request).uploads().forEach(found::add);
            return found;
        });
        for (MultipartUpload each : found) {
            abort(MediaKey.of(calls.keyOf(each.key())), each.uploadId());
        }
    }
}
