package io.mediasaga.web;

import io.mediasaga.web.access.PublicPath;
import io.mediasaga.web.access.RequestAuthenticator;
import io.mediasaga.web.access.Verdict;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody unknown pass, except to the public paths. What who may do is checked behind it. */
final class AuthenticationFilter extends OncePerRequestFilter {

    private static final String REALM = "Bearer realm=\"mediasaga\"";
    private static final String TRY_AGAIN_SECONDS = "5";

    private final RequestAuthenticator authenticator;
    private final PathSet publicPaths;
    private final ProblemWriter problems;

    AuthenticationFilter(RequestAuthenticator authenticator, PathSet publicPaths, ProblemWriter problems) {
        this.authenticator = authenticator;
        this.publicPaths = publicPaths;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (publicPaths.contains(request)) {
            PublicPath.note(request);
            chain.doFilter(request, response);
            return;
        }
        String token = RequestAuthenticator.bearer(request);
        if (token == null) {
            boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
            refuse(response, "The API token is missing: send it as Authorization: Bearer <token>", tried ? "invalid_token" : null);
            return;
        }
        switch (authenticator.authenticate(token)) {
            case Verdict.Known(var caller) -> chain.doFilter(new AuthenticatedRequest(request, caller), response);
            case Verdict.Refused(String why) -> refuse(response, why, "invalid_token");
            case Verdict.Unknown(String why) -> {
                response.setHeader(HttpHeaders.RETRY_AFTER, TRY_AGAIN_SECONDS);
                problems.write(response, Problems.of(HttpStatus.SERVICE_UNAVAILABLE, "ISSUER_UNAVAILABLE", why));
            }
        }
    }

    private void refuse(HttpServletResponse response, String why, @Nullable String error) throws IOException {
        String header = error == null
                ? REALM
                : "%s, error=\"%s\", error_description=\"%s\"".formatted(REALM, error, quotable(why));
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, header);
        ProblemDetail problem = Problems.of(HttpStatus.UNAUTHORIZED, "UNAUTHORIZED", why);
        problems.write(response, problem);
    }

    /** The characters that RFC 6750 allows in a description. */
    private static String quotable(String text) {
        return text.replaceAll("[^ !#-\\[\\]-~]", "'");
    }
}
