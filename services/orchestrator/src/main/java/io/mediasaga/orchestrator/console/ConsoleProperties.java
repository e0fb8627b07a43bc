package io.mediasaga.orchestrator.console;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the console, {@code mediasaga.console.*}.
 *
 * @param services where each participant is, with its path, as in {@code http://quota:8082/api/quotas}; for the page of health
 * @param uploads where uploads are asked for, as in {@code http://ingest:8083/uploads}; without it the console takes no files
 * @param session how long a person stays signed in
 * @param address where people reach the console, as in {@code https://media.example}; what their browsers say where absent
 */
@ConfigurationProperties("mediasaga.console")
public record ConsoleProperties(
        @DefaultValue Map<String, URI> services, @Nullable URI uploads, @DefaultValue("12h") Duration session,
        @Nullable URI address) {

    public ConsoleProperties {
        services = Map.copyOf(services);
        address = address == null || address.toString().isBlank() ? null : address;
        if (address != null && !address.toString().matches("https?://[^/?#\\s]+/?")) {
            throw new IllegalArgumentException(
                    "mediasaga.console.address is " + address + "; it has to be scheme and host only, as in https://media.example");
        }
        if (session.isNegative() || session.isZero() || session.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException(
                    "mediasaga.console.session is " + session + "; it has to be more than 0 and at most 30 days");
        }
    }
}
