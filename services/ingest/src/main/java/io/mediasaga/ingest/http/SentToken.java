package io.mediasaga.ingest.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a client may put the token of an upload. */
final class SentToken {

    static final String HEADER = "Upload-Token";

    static final String PARAMETER = "token";

    private SentToken() {}

    /**
     * The token of a request, {@code null} where there is none.
     *
     * @param bearer what stands in {@code Authorization}
     */
    static @Nullable String in(HttpServletRequest request, @Nullable String bearer) {
        String header = request.getHeader(HEADER);
        if (header != null) {
            return header.strip();
        }
        return bearer != null ? bearer : inQuery(request.getQueryString());
    }

    /** Not by way of the request's parameters: they would read a form's body, which may be the upload. */
    private static @Nullable String inQuery(@Nullable String query) {
        if (query == null) {
            return null;
        }
        for (String each : query.split("&")) {
            if (each.startsWith(PARAMETER + "=")) {
                return decoded(each.substring(PARAMETER.length() + 1));
            }
        }
        return null;
    }

    /** What cannot be decoded is no token. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
