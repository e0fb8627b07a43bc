package io.mediasaga.web.access;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Says whose a bearer token is. Called from several threads. */
@FunctionalInterface
public interface RequestAuthenticator {

    /** Whose the token is. */
    Verdict authenticate(String token);

    /** What stands behind {@code Authorization: Bearer}; {@code null} where that is not there. */
    static @Nullable String bearer(HttpServletRequest request) {
        String scheme = "Bearer ";
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, scheme, 0, scheme.length())
                ? header.substring(scheme.length()).strip()
                : null;
    }
}
