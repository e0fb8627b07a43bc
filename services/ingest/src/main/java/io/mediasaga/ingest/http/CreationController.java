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
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Creation as tus has it. An upload is prepared by its saga, so what a client creates is found by the metadata {@code asset_id}; the
 * request may bring bytes along, so a small file needs one request only.
 */
@Open // UploadAccess checks
@Tag(name = "Uploads")
@RestController
class CreationController {

    private static final int CREATED = 201;

    private final UploadAccess access;
    private final Receiver receiver;
    private final Termination termination;

    CreationController(UploadAccess access, Receiver receiver, Termination termination) {
        this.access = access;
        this.receiver = receiver;
        this.termination = termination;
    }

    /** Finds the upload of the asset that the metadata name, and takes bytes if the request has some. */
    @Answers(value = 201, refusals = {404, 408, 409, 410, 412, 423, 429, 460, 507}, asksForToken = true)
    @PostMapping({"", "/"})
    void createUpload(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Tus.begin(request, response);
        String assetId = Tus.metadata(request.getHeader("Upload-Metadata")).get("asset_id");
        if (assetId == null || assetId.isBlank()) {
            throw Tus.bad("Upload-Metadata must name the asset: asset_id and its value in Base64");
        }
        Upload upload = access.uploadOfAsset(request, assetId);
        termination.requireAlive(upload);
        requireDeclaredLength(upload, Tus.bytes(request, Tus.LENGTH), request);
        response.setHeader(HttpHeaders.LOCATION, request.getContextPath() + "/" + upload.id());
        Tus.expires(response, upload);
        long offset = upload.offset();
        if (TusController.isTusBody(request) && request.getContentLengthLong() != 0 && offset == 0) {
            offset = receiver.receive(
                    upload, new Chunk(0, request.getContentLengthLong(), request.getInputStream(), Checksums.tus(request)));
        }
        response.setHeader(Tus.OFFSET, Long.toString(offset));
        response.setStatus(CREATED);
    }

    private static void requireDeclaredLength(Upload upload, @org.jspecify.annotations.Nullable Long length, HttpServletRequest request) {
        if (length == null) {
            if (!"1".equals(request.getHeader("Upload-Defer-Length"))) {
                throw Tus.bad("The header Upload-Length is missing");
            }
            return; // The saga has declared it.
        }
        if (length > upload.size()) {
            throw new ProblemException(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "FILE_TOO_LARGE",
                    "The file has %d bytes, but %d were declared".formatted(length, upload.size()));
        }
        if (length < upload.size()) {
            throw Tus.bad("The file has %d bytes, but %d were declared".formatted(length, upload.size()));
        }
    }
}
