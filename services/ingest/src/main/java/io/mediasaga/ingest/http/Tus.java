package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.Upload;
import io.mediasaga.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Names and forms of the tus protocol, version 1.0.0. */
final class Tus {

    static final String VERSION = "1.0.0";
    static final String EXTENSIONS = "creation,creation-with-upload,expiration,checksum,termination";
    static final String RESUMABLE = "Tus-Resumable";
    static final String OFFSET = "Upload-Offset";
    static final String LENGTH = "Upload-Length";
    static final String CONTENT_TYPE = "application/offset+octet-stream";

    private Tus() {}

    /** @throws ProblemException 412 when the client speaks another version */
    static void begin(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader(RESUMABLE, VERSION);
        if (!VERSION.equals(request.getHeader(RESUMABLE))) {
            throw new ProblemException(
                            HttpStatus.PRECONDITION_FAILED,
                            "TUS_VERSION",
                            "This is tus " + VERSION + ": send the header Tus-Resumable: " + VERSION)
                    .withHeader("Tus-Version", VERSION);
        }
    }

    /** Tells when the upload expires, in the form of HTTP dates. */
    static void expires(HttpServletResponse response, Upload upload) {
        if (upload.status() == Upload.Status.OPEN) {
            response.setHeader(
                    "Upload-Expires",
                    DateTimeFormatter.RFC_1123_DATE_TIME.format(upload.expiresAt().atOffset(ZoneOffset.UTC)));
        }
    }

    /**
     * A header that is a number of bytes.
     *
     * @throws ProblemException 400 when it is none
     */
    static @Nullable Long bytes(HttpServletRequest request, String header) {
        String value = request.getHeader(header);
        if (value == null) {
            return null;
        }
        if (!value.matches("\\d{1,18}")) {
            throw bad(header + " must be a number of bytes, 0 or more");
        }
        return Long.valueOf(value);
    }

    /**
     * The pairs of {@code Upload-Metadata}.
     *
     * @throws ProblemException 400 when it is malformed
     */
    static Map<String, String> metadata(@Nullable String header) {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (String each : header == null || header.isBlank() ? new String[0] : header.split(",")) {
            String[] pair = each.strip().split(" ", 2);
            try {
                byte[] value = pair.length < 2 ? new byte[0] : Base64.getDecoder().decode(pair[1].strip());
                metadata.put(pair[0], new String(value, StandardCharsets.UTF_8));
            } catch (IllegalArgumentException e) {
                throw bad("Upload-Metadata must be pairs of a name and a value in Base64, separated by commas");
            }
        }
        return metadata;
    }

    static ProblemException bad(String detail) {
        return new ProblemException(HttpStatus.BAD_REQUEST, "BAD_REQUEST", detail);
    }
}
