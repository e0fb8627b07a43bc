package io.mediasaga.web;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where the API token comes from; one of both is needed where people have no tokens of their own.
 *
 * @param token the token itself; goes before the file
 * @param tokenFile a file that holds the token; made with a random token where it does not exist
 */
@ConfigurationProperties("mediasaga.api")
record ApiProperties(@Nullable String token, @Nullable Path tokenFile) {

    boolean isEmpty() {
        return (token == null || token.isBlank()) && (tokenFile == null || tokenFile.toString().isBlank());
    }

    @Override
    public String toString() {
        return "ApiProperties[token=" + (token == null ? "unset" : "***") + ", tokenFile=" + tokenFile + "]";
    }
}
