package io.mediasaga.publish;

import io.mediasaga.storage.MediaStore;
import io.mediasaga.storage.StoreUnavailableException;
import io.mediasaga.storage.StoredObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.web.context.request.ServletWebRequest;

/** Writes a file or a part of it, without holding it in memory. */
final class FileResponse {

    /** Playlists may be asked for again soon; the rest never changes under its address. */
    private static final String SHORT = "public, max-age=60";

    private static final String LONG = "public, max-age=86400";

    private final MediaStore store;

    FileResponse(MediaStore store) {
        this.store = store;
    }

    void write(StoredObject object, HttpServletRequest request, HttpServletResponse response) throws IOException {
        ContentTypes.Type type = ContentTypes.of(object.key().name());
        setHeaders(type, object, response);
        String tag = tag(object);
        long modified = object.modifiedAt().truncatedTo(ChronoUnit.SECONDS).toEpochMilli();
        if (new ServletWebRequest(request, response).checkNotModified(tag, modified)) {
            return; // 304 or 412 stands in the response
        }
        response.setContentType(type.value());
        boolean body = !"HEAD".equals(request.getMethod());
        switch (range(request, object, tag, modified)) {
            case ByteRange.Whole() -> send(object, 0, object.size(), body, response);
            case ByteRange.Part part -> {
                response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
                response.setHeader(
                        HttpHeaders.CONTENT_RANGE, "bytes " + part.first() + "-" + part.last() + "/" + object.size());
                send(object, part.first(), part.length(), body, response);
            }
            case ByteRange.Outside() -> {
                response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
                response.setHeader(HttpHeaders.CONTENT_RANGE, "bytes */" + object.size());
                response.setContentLength(0);
            }
        }
    }

    /** Lets players on other sites use the files; everything here is public. */
    static void allowOtherPages(HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Access-Control-Expose-Headers", "Content-Length, Content-Range, Accept-Ranges, ETag");
        response.setHeader("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static void setHeaders(ContentTypes.Type type, StoredObject object, HttpServletResponse response) {
        allowOtherPages(response);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(
                "Content-Security-Policy", "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox");
        response.setHeader(HttpHeaders.ACCEPT_RANGES, "bytes");
        response.setHeader(HttpHeaders.CACHE_CONTROL, type.isPlaylist() ? SHORT : LONG);
        if (!type.inline()) {
            response.setHeader(
                    HttpHeaders.CONTENT_DISPOSITION,
                    ContentDisposition.attachment().filename(object.key().name()).build().toString());
        }
    }

    private static ByteRange range(HttpServletRequest request, StoredObject object, String tag, long modified) {
        String range = request.getHeader(HttpHeaders.RANGE);
        return range != null && stillTheSame(request, tag, modified) ? ByteRange.of(range, object.size()) : new ByteRange.Whole();
    }

    /** Whether {@code If-Range}, when there is one, means this very file. */
    private static boolean stillTheSame(HttpServletRequest request, String tag, long modified) {
        @Nullable String condition = request.getHeader(HttpHeaders.IF_RANGE);
        if (condition == null) {
            return true;
        }
        if (condition.startsWith("\"") || condition.startsWith("W/")) {
            return condition.equals(tag);
        }
        try {
            return request.getDateHeader(HttpHeaders.IF_RANGE) == modified;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void send(StoredObject object, long offset, long length, boolean body, HttpServletResponse response)
            throws IOException {
        response.setContentLengthLong(length);
        if (body && length > 0) {
            try (InputStream in = opened(object, offset, length, response)) {
                in.transferTo(response.getOutputStream());
            }
        }
    }

    private InputStream opened(StoredObject object, long offset, long length, HttpServletResponse response) throws IOException {
        try {
            return store.open(object.key(), offset, length);
        } catch (StoreUnavailableException e) {
            response.reset(); // what was said about the file does not hold for the problem
            throw FileController.unavailable();
        }
    }

    private static String tag(StoredObject object) {
        return String.format("\"%08x-%x-%x\"", object.key().value().hashCode(), object.size(), object.modifiedAt().toEpochMilli());
    }
}
