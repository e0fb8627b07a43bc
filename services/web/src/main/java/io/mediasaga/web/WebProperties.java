package io.mediasaga.web;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Who may what over HTTP. Paths are patterns of Spring MVC ({@code /files/{name}}, {@code /files/**}) below the
 * context path.
 *
 * @param publicPaths what needs no token in any service
 * @param publicPathsExtra what needs no token in this service; it may check another token itself
 * @param maxBody the largest body that is taken, in bytes
 * @param largeBodyPaths where bodies may be larger, because the service itself counts
 * @param tracedPaths where requests that change something begin a trace, when spans are made at all
 * @param corsOrigins sites whose pages may use this service from a browser, as in {@code https://studio.example.org}; none by default
 */
@ConfigurationProperties("mediasaga.web")
record WebProperties(
        @DefaultValue({"/actuator/health/**", "/actuator/prometheus", "/actuator/info"}) List<String> publicPaths,
        @DefaultValue List<String> publicPathsExtra,
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue List<String> largeBodyPaths,
        @DefaultValue List<String> tracedPaths,
        @DefaultValue List<String> corsOrigins) {

    /** Everything that needs no token. */
    List<String> allPublicPaths() {
        return Stream.concat(publicPaths.stream(), publicPathsExtra.stream()).toList();
    }
}
