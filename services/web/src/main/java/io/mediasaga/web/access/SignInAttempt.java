package io.mediasaga.web.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What belongs to one sign-in on an issuer's page; each at least 43 random characters of Base64 for addresses.
 *
 * @param state comes back with the person, so nobody is signed in who did not begin it
 * @param nonce comes back in the issuer's token, so no token of another sign-in counts
 * @param verifier shows to the issuer that who redeems the code began the sign-in (RFC 7636, 4.1)
 */
public record SignInAttempt(String state, String nonce, String verifier) {

    private static final int SHORTEST = 43;

    /** @throws IllegalArgumentException when one of them is too short or has other characters */
    public SignInAttempt {
        for (String each : new String[] {state, nonce, verifier}) {
            if (each.length() < SHORTEST || each.length() > 128 || !each.matches("[A-Za-z0-9_-]+")) {
                throw new IllegalArgumentException("Not what a sign-in begins with");
            }
        }
    }

    /** RFC 7636, 4.2. */
    String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256", e);
        }
    }

    /** Tells nothing: it ends up in logs. */
    @Override
    public String toString() {
        return "SignInAttempt";
    }
}
