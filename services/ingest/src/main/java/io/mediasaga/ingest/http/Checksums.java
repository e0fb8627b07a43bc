package io.mediasaga.ingest.http;

import io.mediasaga.ingest.upload.Checksum;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the checksums that clients send along. */
final class Checksums {

    /** As tus and the header {@code Tus-Checksum-Algorithm} name them. */
    static final String TUS_ALGORITHMS = "sha1,sha256,sha512,md5";

    private static final Map<String, String> TUS =
            Map.of("sha1", "SHA-1", "sha256", Checksum.SHA_256, "sha512", "SHA-512", "md5", "MD5");
    private static final Map<String, String> HTTP =
            Map.of("sha", "SHA-1", "sha-256", Checksum.SHA_256, "sha-512", "SHA-512", "md5", "MD5");
    private static final Map<String, Integer> LENGTHS =
            Map.of("SHA-1", 20, Checksum.SHA_256, 32, "SHA-512", 64, "MD5", 16);

    private Checksums() {}

    /** Of {@code Upload-Checksum}, as in {@code sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=}. */
    static @Nullable Checksum tus(HttpServletRequest request) {
        String header = request.getHeader("Upload-Checksum");
        if (header == null) {
            return null;
        }
        String[] pair = header.strip().split(" +", 2);
        String algorithm = TUS.get(pair[0].toLowerCase(Locale.ROOT));
        if (algorithm == null || pair.length < 2) {
            throw Tus.bad("Upload-Checksum must be one of " + TUS_ALGORITHMS + " and the digest in Base64");
        }
        return checksum("Upload-Checksum", algorithm, pair[1]);
    }

    /** Of a plain PUT: {@code Content-Digest} (RFC 9530), {@code Digest} (RFC 3230) or {@code X-Checksum-Sha256}. */
    static @Nullable Checksum http(HttpServletRequest request) {
        String hex = request.getHeader("X-Checksum-Sha256");
        if (hex != null) {
            if (!hex.strip().matches("[0-9a-fA-F]{64}")) {
                throw Tus.bad("X-Checksum-Sha256 must be 64 hexadecimal digits");
            }
            return Checksum.sha256(hex.strip());
        }
        return dictionary(request, "Content-Digest")
                .or(() -> dictionary(request, "Digest"))
                .orElse(null);
    }

    private static Optional<Checksum> dictionary(HttpServletRequest request, String header) {
        String value = request.getHeader(header);
        for (String each : value == null ? new String[0] : value.split(",")) {
            String[] pair = each.strip().split("=", 2);
            String algorithm = HTTP.get(pair[0].toLowerCase(Locale.ROOT));
            if (algorithm != null && pair.length == 2) {
                return Optional.of(checksum(header, algorithm, pair[1].replaceAll("^:|:$", "")));
            }
        }
        if (value != null) {
            throw Tus.bad(header + " has no digest that is known here; known are sha-256, sha-512, sha and md5");
        }
        return Optional.empty();
    }

    private static Checksum checksum(String header, String algorithm, String base64) {
        try {
            byte[] expected = Base64.getDecoder().decode(base64.strip());
            if (expected.length == LENGTHS.getOrDefault(algorithm, 0)) {
                return new Checksum(algorithm, expected);
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw Tus.bad(header + " is not a digest of " + algorithm + " in Base64");
    }
}
