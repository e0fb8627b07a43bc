package io.mediasaga.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where spans go.
 *
 * @param endpoint of the collector, as in {@code http://collector:4318}, for OTLP over HTTP; blank: no spans are made
 * @param ratio of the traces that begin here, which are told, 0 to 1; one that a caller began is told if the caller says so
 * @param headers sent along, as in {@code name=value,other=value}
 * @param interval how often spans are sent
 */
@ConfigurationProperties("mediasaga.tracing")
record TracingProperties(
        @DefaultValue("") String endpoint,
        @DefaultValue("0.1") double ratio,
        @DefaultValue("") String headers,
        @DefaultValue("2s") Duration interval) {

    TracingProperties {
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("mediasaga.tracing.ratio is " + ratio + "; 0 to 1 is possible");
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("mediasaga.tracing.interval is " + interval + "; it has to be more than nothing");
        }
    }

    boolean isOn() {
        return !endpoint.isBlank();
    }

    /** Where spans are sent to; the path is that of the standard unless the endpoint has it already. */
    String tracesAddress() {
        String address = endpoint.strip().replaceAll("/+$", "");
        if (!address.startsWith("http://") && !address.startsWith("https://")) {
            throw new IllegalArgumentException("mediasaga.tracing.endpoint is '" + endpoint
                    + "'; the address of a collector is expected, as in http://collector:4318");
        }
        return URI.create(address.endsWith("/v1/traces") ? address : address + "/v1/traces").toString();
    }

    Map<String, String> headerMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (String header : headers.split(",")) {
            int equals = header.indexOf('=');
            if (equals > 0) {
                map.put(header.substring(0, equals).strip(), header.substring(equals + 1).strip());
            } else if (!header.isBlank()) {
                throw new IllegalArgumentException("mediasaga.tracing.headers has an entry without '='; name=value is expected");
            }
        }
        return map;
    }
}
