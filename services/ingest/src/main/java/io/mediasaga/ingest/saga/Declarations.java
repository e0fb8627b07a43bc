package io.mediasaga.ingest.saga;

import io.mediasaga.ingest.IngestProperties;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/** Checks what a saga declares of a file before its upload. */
final class Declarations {

    private static final int MAX_ID = 64;
    private static final int MAX_NAME = 255;
    private static final Pattern TYPE = Pattern.compile("[a-z0-9!#$&^_.+-]{1,64}/[a-z0-9!#$&^_.+-]{1,64}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String ANY_TYPE = "application/octet-stream";

    private final DataSize maxSize;
    private final List<String> allowed;

    Declarations(IngestProperties properties) {
        this.maxSize = properties.maxSize();
        this.allowed = properties.allowedTypes();
    }

    /** What came of the check. */
    sealed interface Checked {}

    /** The file may come. */
    record Right(
            String assetId,
            String ownerId,
            String fileName,
            String contentType,
            long size,
            @Nullable String sha256)
            implements Checked {}

    /** The file is refused; in the manner of a failure reply. */
    record Wrong(String code, String reason) implements Checked {}

    Checked check(IngestPrepare asked) {
        String assetId = asked.assetId();
        if (assetId == null || assetId.isBlank() || assetId.length() > MAX_ID) {
            return new Wrong("INVALID_ASSET_ID", "asset_id must be given, with 1 to %d characters.".formatted(MAX_ID));
        }
        Long size = asked.sizeBytes();
        if (size == null) {
            return new Wrong("INVALID_SIZE", "size_bytes is missing: the size of the file has to be declared.");
        }
        if (size < 1) {
            return new Wrong("EMPTY_FILE", "The file has no bytes (size_bytes is %d), so there is nothing to publish.".formatted(size));
        }
        if (size > maxSize.toBytes()) {
            return new Wrong("FILE_TOO_LARGE", "The file has %d bytes; at most %d are taken.".formatted(size, maxSize.toBytes()));
        }
        String type = bare(asked.contentType());
        if (!TYPE.matcher(type).matches()) {
            return new Wrong("INVALID_CONTENT_TYPE", "content_type '%s' is none; video/mp4 would be one.".formatted(shown(type)));
        }
        if (!allowed(type)) {
            return new Wrong("CONTENT_TYPE_REFUSED", "Files of type %s are not taken; taken are %s.".formatted(type, allowed));
        }
        String sha256 = asked.sha256() == null ? null : asked.sha256().strip().toLowerCase(Locale.ROOT);
        if (sha256 != null && !SHA256.matcher(sha256).matches()) {
            return new Wrong("INVALID_SHA256", "sha256 must be 64 hexadecimal digits.");
        }
        return new Right(assetId, shown(asked.ownerId()), fileName(asked.fileName()), type, size, sha256);
    }

    /** The last part of the name, without anything that could harm a terminal or a header. It is shown only, never a path. */
    static String fileName(@Nullable String given) {
        String name = given == null ? "" : given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String clean = name.replaceAll("[\\p{Cntrl}\\p{Cf}\"]", "").strip();
        String kept = clean.length() > MAX_NAME ? clean.substring(0, MAX_NAME) : clean;
        return kept.isEmpty() || kept.equals(".") || kept.equals("..") ? "file" : kept;
    }

    /** A content type without its parameters. */
    static String bare(@Nullable String contentType) {
        return contentType == null || contentType.isBlank()
                ? ANY_TYPE
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private boolean allowed(String type) {
        return allowed.isEmpty()
                || allowed.stream().anyMatch(each -> each.endsWith("/*")
                        ? type.startsWith(each.substring(0, each.length() - 1))
                        : type.equals(each));
    }

    private static String shown(@Nullable String text) {
        String clean = text == null ? "" : text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > MAX_ID ? clean.substring(0, MAX_ID) : clean;
    }
}
