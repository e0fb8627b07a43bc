package io.mediasaga.media;

import io.mediasaga.messaging.Outcome;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an asset's description must look like. People write it, so a mistake ends their saga with a plain reason
 * instead of becoming a dead letter.
 */
final class AssetRules {

    static final int MAX_TITLE = 200;
    static final int MAX_FILE_NAME = 255;
    static final int MAX_CONTENT_TYPE = 127;

    private static final Pattern CONTENT_TYPE =
            Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( *;[ -~]*)?");

    private AssetRules() {}

    /** The first rule that the description breaks. */
    static Optional<Outcome> broken(AssetCreate create) {
        return Stream.of(
                        title(create.title()),
                        fileName(create.fileName()),
                        contentType(create.contentType()),
                        size(create.sizeBytes()))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Outcome> title(@Nullable String title) {
        if (title == null) {
            return Optional.empty();
        }
        int length = title.codePointCount(0, title.length());
        if (title.isBlank()) {
            return refused("INVALID_TITLE", "The title is blank; leave it out or write something");
        }
        if (length > MAX_TITLE) {
            return refused(
                    "INVALID_TITLE",
                    "The title has %d characters; at most %d are possible".formatted(length, MAX_TITLE));
        }
        return Text.isPrintable(title)
                ? Optional.empty()
                : refused("INVALID_TITLE", "The title has control characters or broken Unicode in it; remove them");
    }

    /** A name, not a path: it becomes part of others' paths and headers. */
    private static Optional<Outcome> fileName(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        if (name.isBlank() || name.length() > MAX_FILE_NAME) {
            return refused(
                    "INVALID_FILE_NAME",
                    "The file name is blank or longer than %d characters".formatted(MAX_FILE_NAME));
        }
        if (name.contains("/") || name.contains("\\") || name.equals(".") || name.equals("..")) {
            return refused("INVALID_FILE_NAME", "The file name has folders in it; give the name alone, as in clip.mp4");
        }
        return Text.isPrintable(name)
                ? Optional.empty()
                : refused(
                        "INVALID_FILE_NAME", "The file name has control characters or broken Unicode in it; rename it");
    }

    private static Optional<Outcome> contentType(@Nullable String type) {
        return type == null || (type.length() <= MAX_CONTENT_TYPE && CONTENT_TYPE.matcher(type).matches())
                ? Optional.empty()
                : refused("INVALID_CONTENT_TYPE", "The content type is not one; it looks like video/mp4");
    }

    private static Optional<Outcome> size(@Nullable Long bytes) {
        return bytes == null || bytes > 0
                ? Optional.empty()
                : refused("INVALID_SIZE", "The file's size is %d bytes; it must be at least 1".formatted(bytes));
    }

    private static Optional<Outcome> refused(String code, String reason) {
        return Optional.of(Outcome.refused(code, reason));
    }
}
