package io.mediasaga.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Knows the platform's own credential, of which only the hash is kept, and people's tokens where an issuer is set. */
final class TokenAuthenticator implements RequestAuthenticator {

    static final int LONGEST = 8192;

    private final byte @Nullable [] serviceToken;
    private final Optional<PeopleTokens> people;
    private final Verdict service = new Verdict.Known(Caller.ofService());

    TokenAuthenticator(@Nullable String serviceToken, Optional<PeopleTokens> people) {
        this.serviceToken = serviceToken == null ? null : hash(serviceToken);
        this.people = people;
    }

    @Override
    public Verdict authenticate(String token) {
        if (token.length() > LONGEST) {
            return new Verdict.Refused("The token has more than " + LONGEST + " characters; get one with fewer claims");
        }
        byte[] hash = hash(token);
        // Hashes are of one length, so the comparison tells nothing about the token's length either.
        if (serviceToken != null && MessageDigest.isEqual(serviceToken, hash)) {
            return service;
        }
        return people.map(tokens -> tokens.verify(token, hash))
                .orElseGet(() -> new Verdict.Refused("The API token is not the right one"));
    }

    private static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }
}
