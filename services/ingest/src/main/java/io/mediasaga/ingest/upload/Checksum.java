package io.mediasaga.ingest.upload;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a digest has to be.
 *
 * @param algorithm as Java names it
 * @param expected the digest
 */
public record Checksum(String algorithm, byte[] expected) {

    /** SHA-256, as of whole files. */
    public static final String SHA_256 = "SHA-256";

    /** The SHA-256 given in hexadecimal. */
    public static Checksum sha256(String hex) {
        return new Checksum(SHA_256, HexFormat.of().parseHex(hex));
    }

    /** A new digest of the algorithm. */
    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no " + algorithm, e);
        }
    }

    boolean matches(byte[] actual) {
        return MessageDigest.isEqual(expected, actual);
    }

    @Override
    public String toString() {
        return algorithm + " " + HexFormat.of().formatHex(expected);
    }
}
