package io.mediasaga.web;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;

/**
 * Lets pages of other sites use the API from the browser (CORS): those that are named, without cookies. Whoever is not named is served as
 * if nothing were set, without the headers that a browser wants; a refusal would also hit pages of this platform behind a proxy that
 * does not tell its own address.
 */
final class OtherOrigins implements CorsConfigurationSource {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    /** What a client of tus 1.0 and of the APIs has to read. */
    private static final List<String> EXPOSED = List.of(
            HttpHeaders.LOCATION, "Upload-Offset", "Upload-Length", "Upload-Expires", "Upload-Metadata", "Tus-Resumable", "Tus-Version",
            "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm", HttpHeaders.RETRY_AFTER, HttpHeaders.ETAG, HttpHeaders.WWW_AUTHENTICATE,
            "X-Request-ID");
    private static final Duration PREFLIGHT_HOLDS = Duration.ofHours(1);

    private final CorsConfiguration allowed = new CorsConfiguration();

    /** @param origins as in {@code https://studio.example.org}, {@code https://*.example.org}, or {@code *} for all */
    OtherOrigins(List<String> origins) {
        allowed.setAllowedOriginPatterns(origins);
        allowed.setAllowedMethods(METHODS);
        allowed.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        allowed.setExposedHeaders(EXPOSED);
        allowed.setAllowCredentials(false); // tokens come in a header, which no other site can make a browser send
        allowed.setMaxAge(PREFLIGHT_HOLDS);
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
        return allowed.checkOrigin(request.getHeader(HttpHeaders.ORIGIN)) == null ? null : allowed;
    }
}
