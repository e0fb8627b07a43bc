package io.mediasaga.ingest.http;

import io.mediasaga.ingest.IngestProperties;
import io.mediasaga.ingest.upload.Chunk;
import io.mediasaga.ingest.upload.Receiver;
import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Open;
import io.mediasaga.web.description.Answers;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/** tus 1.0.0, for one upload: offset, bytes, termination. */
@Open // UploadAccess checks
@Tag(name = "Uploads")
@RestController
class TusController {

    static final String UPLOAD = "/{id:[0-9a-f]{8}-[0-9a-f-]{27}}";

    private static final int NO_CONTENT = 204;
    private static final String OF_ONE = "OPTIONS, HEAD, GET, PATCH, DELETE";

    private final UploadAccess access;
    private final Receiver receiver;
    private final Termination termination;
    private final IngestProperties properties;

    TusController(UploadAccess access, Receiver receiver, Termination termination, IngestProperties properties) {
        this.access = access;
        this.receiver = receiver;
        this.termination = termination;
        this.properties = properties;
    }

    /** What the server can do; needs no token. */
    @Answers(204)
    @RequestMapping(path = {"", "/"}, method = RequestMethod.OPTIONS)
    void getTusCapabilities(HttpServletResponse response) {
        capabilities(response, "OPTIONS, POST");
    }

    /** The same, of one upload. */
    @Answers(204)
    @RequestMapping(path = UPLOAD, method = RequestMethod.OPTIONS)
    void getUploadCapabilities(@PathVariable String id, HttpServletResponse response) {
        capabilities(response, OF_ONE);
    }

    private void capabilities(HttpServletResponse response, String methods) {
        response.setHeader(Tus.RESUMABLE, Tus.VERSION);
        response.setHeader("Tus-Version", Tus.VERSION);
        response.setHeader("Tus-Extension", Tus.EXTENSIONS);
        response.setHeader("Tus-Max-Size", Long.toString(properties.maxSize().toBytes()));
        response.setHeader("Tus-Checksum-Algorithm", Checksums.TUS_ALGORITHMS);
        response.setHeader(HttpHeaders.ALLOW, methods);
        response.setStatus(NO_CONTENT);
    }

    /** How far the upload is. Finishes it when all bytes are there and that was interrupted. */
    @Answers(refusals = {409, 410, 412}, asksForToken = true)
    @RequestMapping(path = UPLOAD, method = RequestMethod.HEAD)
    void getUploadOffset(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Tus.begin(request, response);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Upload upload = receiver.heal(access.upload(request, id));
        termination.requireAlive(upload);
        response.setHeader(Tus.OFFSET, Long.toString(upload.offset()));
        response.setHeader(Tus.LENGTH, Long.toString(upload.size()));
        Tus.expires(response, upload);
    }

    /** Takes bytes from the offset on. */
    @Answers(value = 204, refusals = {408, 409, 410, 412, 423, 460, 507}, asksForToken = true)
    @RequestMapping(path = UPLOAD, method = RequestMethod.PATCH)
    void patchUpload(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        Tus.begin(request, response);
        Upload upload = receiver.heal(access.upload(request, id));
        if (!isTusBody(request)) {
            throw new ProblemException(
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE, "WRONG_CONTENT_TYPE", "The Content-Type of PATCH must be " + Tus.CONTENT_TYPE);
        }
        Long offset = Tus.bytes(request, Tus.OFFSET);
        if (offset == null) {
            throw Tus.bad("The header Upload-Offset is missing: say where the bytes belong");
        }
        long reached = complete(upload, offset, request)
                ? upload.size()
                : receiver.receive(
                        upload,
                        new Chunk(offset, request.getContentLengthLong(), request.getInputStream(), Checksums.tus(request)));
        response.setHeader(Tus.OFFSET, Long.toString(reached));
        Tus.expires(response, upload);
        response.setStatus(NO_CONTENT);
    }

    /** Ends the upload; its saga is told. */
    @Answers(value = 204, refusals = {409, 410, 412, 423}, asksForToken = true)
    @RequestMapping(path = UPLOAD, method = RequestMethod.DELETE)
    void deleteUpload(@PathVariable String id, HttpServletRequest request, HttpServletResponse response) {
        Tus.begin(request, response);
        termination.terminate(access.upload(request, id));
        response.setStatus(NO_CONTENT);
    }

    /** For clients whose network lets only GET and POST pass. */
    @Hidden
    @RequestMapping(path = UPLOAD, method = RequestMethod.POST)
    void override(@PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String method = request.getHeader("X-HTTP-Method-Override");
        switch (method == null ? "" : method.toUpperCase(Locale.ROOT)) {
            case "PATCH" -> patchUpload(id, request, response);
            case "DELETE" -> deleteUpload(id, request, response);
            case "HEAD" -> getUploadOffset(id, request, response);
            default ->
                throw new ProblemException(
                        HttpStatus.METHOD_NOT_ALLOWED,
                        "METHOD_NOT_ALLOWED",
                        "POST to an upload needs the header X-HTTP-Method-Override: PATCH, DELETE or HEAD")
                        .withHeader(HttpHeaders.ALLOW, OF_ONE);
        }
    }

    /** A client that did not hear of the end may ask with nothing left to send. */
    private static boolean complete(Upload upload, long offset, HttpServletRequest request) {
        return upload.status() == Upload.Status.UPLOADED
                && offset == upload.size()
                && request.getContentLengthLong() == 0;
    }

    static boolean isTusBody(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(Tus.CONTENT_TYPE);
    }
}
