package io.mediasaga.ingest.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import org.springframework.stereotype.Component;

/**
 * Makes and reads the tokens that allow one upload for some time. A token is {@code upload id.seconds.signature}; it says nothing that
 * its holder does not know, and cannot be made or changed without the key.
 */
@Component
class UploadTokens {

    private static final int MAX_LENGTH = 256;

    private final TokenKey key;

    UploadTokens(TokenKey key) {
        this.key = key;
    }

    /**
     * What a token with a right signature says.
     *
     * @param uploadId the upload that it allows
     * @param expiresAt until when, to the second
     */
    record Claim(String uploadId, Instant expiresAt) {}

    String issue(String uploadId, Instant expiresAt) {
        String claim = uploadId + "." + expiresAt.getEpochSecond();
        return claim + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(claim));
    }

    /** Empty unless the signature is right. The caller checks time and upload. */
    Optional<Claim> read(String token) {
        int end = token.lastIndexOf('.');
        int middle = end < 1 ? -1 : token.lastIndexOf('.', end - 1);
        if (middle < 1 || token.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(end + 1));
            if (!MessageDigest.isEqual(sign(token.substring(0, end)), signature)) {
                return Optional.empty();
            }
            long seconds = Long.parseLong(token, middle + 1, end, 10);
            return Optional.of(new Claim(token.substring(0, middle), Instant.ofEpochSecond(seconds)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private byte[] sign(String claim) {
        try {
            Mac mac = Mac.getInstance(TokenKey.ALGORITHM);
            mac.init(key.get());
            return mac.doFinal(claim.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + TokenKey.ALGORITHM, e);
        }
    }
}
