package io.mediasaga.web;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** The one token of the API. Only its hash is kept. */
final class ApiToken implements RequestAuthenticator {

    private static final String SCHEME = "Bearer ";

    private final byte[] hash;

    ApiToken(String token) {
        this.hash = hash(token);
    }

    @Override
    public Optional<Principal> authenticate(HttpServletRequest request) {
        return matches(request.getHeader(HttpHeaders.AUTHORIZATION))
                ? Optional.of(new Caller("api-token"))
                : Optional.empty();
    }

    private boolean matches(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        // Hashes are of one length, so the comparison tells nothing about the token's length either.
        return MessageDigest.isEqual(hash, hash(header.substring(SCHEME.length()).strip()));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    private record Caller(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }
}
