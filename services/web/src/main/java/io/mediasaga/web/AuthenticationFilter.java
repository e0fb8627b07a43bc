package io.mediasaga.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets nobody unknown pass, except to the public paths. */
final class AuthenticationFilter extends OncePerRequestFilter {

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
            chain.doFilter(request, response);
            return;
        }
        Optional<Principal> caller = authenticator.authenticate(request);
        if (caller.isPresent()) {
            chain.doFilter(new AuthenticatedRequest(request, caller.get()), response);
        } else {
            refuse(request, response);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean tried = request.getHeader(HttpHeaders.AUTHORIZATION) != null;
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer realm=\"mediasaga\"" + (tried ? ", error=\"invalid_token\"" : ""));
        problems.write(
                response,
                Problems.of(
                        HttpStatus.UNAUTHORIZED,
                        "UNAUTHORIZED",
                        tried
                                ? "The API token is not the right one"
                                : "The API token is missing: send it as Authorization: Bearer <token>"));
    }

    private static final class AuthenticatedRequest extends HttpServletRequestWrapper {
        private final Principal caller;

        AuthenticatedRequest(HttpServletRequest request, Principal caller) {
            super(request);
            this.caller = caller;
        }

        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public String getRemoteUser() {
            return caller.getName();
        }
    }
}
