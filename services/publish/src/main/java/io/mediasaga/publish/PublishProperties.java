package io.mediasaga.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the publish service.
 *
 * @param baseUrl put in front of the addresses in replies, as in {@code https://media.example.org}; empty to tell paths only
 * @param cleanup how often it is looked for files to delete
 * @param cleanupAgain when to look a second time, for what a worker that had lost its lease may still have written
 */
@ConfigurationProperties("mediasaga.publish")
record PublishProperties(
        @DefaultValue("") String baseUrl, @DefaultValue("2s") Duration cleanup, @DefaultValue("15m") Duration cleanupAgain) {

    PublishProperties {
        baseUrl = baseUrl.strip().replaceAll("/+$", "");
        if (!baseUrl.isEmpty() && !baseUrl.matches("https?://[^/\\s]+(/\\S*)?")) {
            throw new IllegalArgumentException("mediasaga.publish.base-url is '" + baseUrl
                    + "'; it has to be an address such as https://media.example.org");
        }
    }
}
