package io.mediasaga.crd.definition;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The one text of a definition, by whose hash running sagas are pinned to it. Formatting, the order of fields, defaults
 * written out or not, images, replicas and brokers make no difference to it.
 *
 * @param definition what is run
 * @param json all of it as JSON, the same for equal definitions
 * @param hash SHA-256 of the JSON in UTF-8, 64 hexadecimal digits
 */
public record CanonicalDefinition(SagaDefinition definition, String json, String hash) {

    /** The canonical form of a definition. */
    public static CanonicalDefinition of(SagaDefinition definition) {
        String json = CanonicalJson.write(definition);
        return new CanonicalDefinition(definition, json, sha256(json));
    }

    /**
     * Reads what {@link #json} was once: by this version of the software or an earlier one. The text is trusted.
     *
     * @throws IllegalArgumentException when it is no canonical definition
     */
    public static CanonicalDefinition read(String json) {
        return new CanonicalDefinition(CanonicalJson.read(json), json, sha256(json));
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
