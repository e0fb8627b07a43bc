package io.mediasaga.web;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** Finds the API token, and makes one where a file is named that does not exist yet. */
final class ApiTokenSource {

    private static final int TOKEN_BYTES = 32;

    private ApiTokenSource() {}

    /** @throws ApiTokenException when there is none, with what to do about it */
    static String find(ApiProperties properties) {
        String token = properties.token();
        if (token != null && !token.isBlank()) {
            return checked(token.strip(), "mediasaga.api.token");
        }
        Path file = properties.tokenFile();
        if (file == null || file.toString().isBlank()) {
            throw new ApiTokenException(
                    "There is no API token, so everybody could use the service",
                    "Set mediasaga.api.token (environment: MEDIASAGA_API_TOKEN) to the token, or mediasaga.api.token-file"
                            + " (environment: MEDIASAGA_API_TOKEN_FILE) to a file that holds it;"
                            + " the file is made with a random token when it does not exist.");
        }
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            return checked(Files.readString(file).strip(), "the file " + file);
        } catch (IOException | RuntimeException e) {
            if (e instanceof ApiTokenException known) {
                throw known;
            }
            throw new ApiTokenException(
                    "The API token cannot be read from the file %s: %s".formatted(file, e),
                    "Make the folder of mediasaga.api.token-file and see that the service may read and write there.");
        }
    }

    /**
     * Several services may start at once with the same file: it appears complete or not at all, and the first one
     * wins.
     */
    private static void create(Path file) throws IOException {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Path folder = file.toAbsolutePath().getParent();
        Path draft = Files.createTempFile(
                folder,
                ".token",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(draft, token + "\n");
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException theOther) {
            // Another service was faster; its token is the one.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String checked(String token, String where) {
        if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new ApiTokenException(
                    "The API token in %s is empty or has characters that no HTTP header takes".formatted(where),
                    "Use letters, digits and -._~+/ only, 32 or more of them, for instance from: openssl rand -hex 32");
        }
        return token;
    }
}
