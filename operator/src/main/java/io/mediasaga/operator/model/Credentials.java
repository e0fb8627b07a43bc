package io.mediasaga.operator.model;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The credentials of a participant as they are now.
 *
 * @param data as in a Secret, in Base64
 * @param hash of the data without {@code rotated_at}: when it changes, pods have to be replaced
 */
public record Credentials(SortedMap<String, String> data, String hash) {

    /** When the credentials were made, RFC 3339. */
    public static final String ROTATED_AT = "rotated_at";
    /** The access key of the media store, as the variable that a participant takes it from. */
    public static final String ACCESS_KEY = "MEDIASAGA_STORAGE_S3_ACCESSKEY";
    /** The secret key that goes with it. */
    public static final String SECRET_KEY = "MEDIASAGA_STORAGE_S3_SECRETKEY";

    /** Takes the data of a Secret. */
    public static Credentials of(Map<String, String> data) {
        SortedMap<String, String> sorted = new TreeMap<>(data);
        SortedMap<String, String> counted = new TreeMap<>(data);
        counted.remove(ROTATED_AT);
        return new Credentials(sorted, Names.hash(counted.toString()));
    }

    /** When they were made; empty when the Secret does not say so. */
    public Optional<String> rotatedAt() {
        return Optional.ofNullable(data.get(ROTATED_AT)).map(text -> {
            try {
                return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8).strip();
            } catch (IllegalArgumentException e) {
                return "";
            }
        }).filter(text -> !text.isEmpty() && text.length() <= 40);
    }

    @Override
    public String toString() {
        return "Credentials[" + data.keySet() + ", " + hash + "]";
    }
}
