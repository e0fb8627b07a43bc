package io.mediasaga.quota;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/** What is decided on room that was asked for. Free is what is left afterwards, never less than nothing. */
sealed interface Decision {

    /** It fits. */
    record Reserved(String assetId, long freeBytes, long freeAssets, Instant expiresAt) implements Decision {}

    /** The saga has reserved just that already. */
    record Same(Reservation before, long freeBytes, long freeAssets) implements Decision {}

    /** The asset has another reservation that counts. */
    record Taken(Reservation before) implements Decision {}

    /** It does not fit. */
    record Exceeded(long freeBytes, long limitBytes, long limitAssets) implements Decision {}

    /** The decision with the time until which the asset's reservation lasts, where it has been made just now. */
    default Decision lasting(Map<String, Instant> expiries) {
        return switch (this) {
            case Reserved r ->
                new Reserved(
                        r.assetId(), r.freeBytes(), r.freeAssets(), Objects.requireNonNull(expiries.get(r.assetId())));
            case Same s when expiries.containsKey(s.before().assetId()) ->
                new Same(
                        s.before().until(Objects.requireNonNull(expiries.get(s.before().assetId()))),
                        s.freeBytes(),
                        s.freeAssets());
            default -> this;
        };
    }
}
