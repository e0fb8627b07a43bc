package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.Chunk;
import io.mediasaga.ingest.upload.Receiver;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Open;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Uploads without tus: the whole file by PUT, or what is missing of it with {@code Content-Range}. */
@Open // UploadAccess checks
@Tag(name = "Uploads")
@RestController
class ContentController {

    private static final int NO_CONTENT = 204;

    private final UploadAccess access;
    private final Receiver receiver;

    ContentController(UploadAccess access, Receiver receiver) {
        this.access = access;
        this.receiver = receiver;
    }

    /** How far an upload is, for people and scripts. */
    record View(
            String uploadId,
            String assetId,
            String status,
            long offset,
            long sizeBytes,
            String contentType,
            Instant expiresAt,
            @Nullable String failureCode,
            @Nullable String failureReason) {}

    /** How far an upload is, for people and scripts. */
    @Answers(asksForToken = true)
    @GetMapping(TusController.UPLOAD)
    View getUpload(@PathVariable String id, HttpServletRequest request) throws IOException {
        Upload upload = receiver.heal(access.upload(request, id));
        Upload.Failure failure = upload.failure();
        return new View(
                upload.id(),
                upload.assetId(),
                upload.status().name(),
                upload.offset(),
                upload.size(),
                upload.contentType(),
                upload.expiresAt(),
                failure == null ? null : failure.code(),
                failure == null ? null : failure.reason());
    }

    /** Takes the whole file, or what is missing of it. */
    @Answers(value = 204, refusals = {408, 409, 410, 423, 429, 460, 507}, asksForToken = true)
    @PutMapping(TusController.UPLOAD + "/content")
    void putContent(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String part = request.getHeader(HttpHeaders.CONTENT_RANGE);
        Upload upload =
                receiver.heal(part == null ? access.uploadOfWhole(request, id) : access.upload(request, id));
        requireType(upload, request);
        ContentRange range = ContentRange.parse(part);
        long length = request.getContentLengthLong();
        if (range.total() >= 0 && range.total() != upload.size()) {
            HttpStatus status = range.total() > upload.size() ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST;
            throw new ProblemException(status, "WRONG_SIZE", "Content-Range speaks of %d bytes, but %d were declared"
                    .formatted(range.total(), upload.size()));
        }
        if (range.length() >= 0 && length >= 0 && range.length() != length) {
            throw Tus.bad("Content-Range speaks of %d bytes, but Content-Length of %d".formatted(range.length(), length));
        }
        long offset = receiver.receive(
                upload,
                new Chunk(range.from(), Math.max(length, range.length()), request.getInputStream(), Checksums.http(request)));
        response.setHeader(Tus.OFFSET, Long.toString(offset));
        response.setStatus(NO_CONTENT);
    }

    private static void requireType(Upload upload, HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        String given = request.getContentType();
        String type = given == null ? "" : given.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        Set<String> known = Set.of("", "application/octet-stream", Tus.CONTENT_TYPE);
        if (!known.contains(type) && !type.equals(upload.contentType())) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "WRONG_CONTENT_TYPE",
                    "The file was declared as %s: send it as that, or as application/octet-stream"
                            .formatted(upload.contentType()));
        }
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "WRONG_CONTENT_ENCODING", "Send the file as it is, without Content-Encoding");
        }
    }
}
