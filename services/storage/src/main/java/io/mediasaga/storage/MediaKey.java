package io.mediasaga.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * Names an object of the store, or a folder of objects, by a relative path such as {@code uploads/7c0e/source}.
 *
 * <p>Each part between slashes has 1 to 128 characters of {@code A-Z a-z 0-9 . _ - ~ =} and does not begin with a dot, so no
 * key can point out of the store. Immutable.
 *
 * @param value the path, at most {@value #MAX_LENGTH} characters
 */
public record MediaKey(String value) implements Comparable<MediaKey> {

    /** The longest key, in characters. */
    public static final int MAX_LENGTH = 512;

    private static final String SCHEME = "store:";
    private static final int MAX_PART = 128;

    /** @throws IllegalArgumentException when the value is no key */
    public MediaKey {
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A storage key has 1 to " + MAX_LENGTH + " characters, this one has "
                    + value.length());
        }
        for (String part : value.split("/", -1)) {
            if (!isPart(part, "_-~=")) {
                throw new IllegalArgumentException("Storage key '" + printable(value) + "' is not allowed: its part '"
                        + printable(part) + "' must have 1 to 128 characters of A-Z a-z 0-9 . _ - ~ = and must not begin"
                        + " with a dot");
            }
        }
    }

    /**
     * The key of the path.
     *
     * @throws IllegalArgumentException when the path is no key
     */
    public static MediaKey of(String path) {
        return new MediaKey(path);
    }

    /**
     * The key that a text such as {@code store:uploads/7c0e/source} names; the scheme may be absent.
     *
     * @throws IllegalArgumentException when the text names no key of a store
     */
    public static MediaKey parse(String uri) {
        return new MediaKey(uri.startsWith(SCHEME) ? uri.substring(SCHEME.length()) : uri);
    }

    /** The key as text for messages, as in {@code store:uploads/7c0e/source}. */
    public String uri() {
        return SCHEME + value;
    }

    /**
     * The key below this one.
     *
     * @throws IllegalArgumentException when the result is no key
     */
    public MediaKey resolve(String path) {
        return new MediaKey(value + "/" + path);
    }

    /**
     * The key of an identifier from outside below this one. An identifier that would be a fine part is taken as it is, any
     * other is replaced by {@code ~} and its SHA-256, so different identifiers never meet and none can point elsewhere.
     */
    public MediaKey child(String id) {
        return resolve(isPart(id, "_-") ? id : "~" + digest(id));
    }

    /** Whether the text is a part with no signs but these and, except at its beginning, the dot. */
    private static boolean isPart(String text, String signs) {
        if (text.isEmpty() || text.length() > MAX_PART || text.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.';
            if (!plain && signs.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The last part. */
    public String name() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether this key lies below the folder. */
    public boolean isBelow(MediaKey folder) {
        return value.startsWith(folder.value + "/");
    }

    /**
     * What lies directly in the folder and is this key, or the folder that this key is somewhere in.
     *
     * @throws IllegalArgumentException when this key is not below the folder
     */
    public MediaKey childIn(MediaKey folder) {
        if (!isBelow(folder)) {
            throw new IllegalArgumentException(this + " does not lie below " + folder);
        }
        int slash = value.indexOf('/', folder.value.length() + 1);
        return slash < 0 ? this : new MediaKey(value.substring(0, slash));
    }

    @Override
    public int compareTo(MediaKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String digest(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    private static String printable(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
