package io.mediasaga.quota;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets room aside for an asset, until it is published, given up, or its time is over. */
@Component
@Handles(
        topic = "commands.quota.reserve",
        type = "QuotaReserve",
        success = @Reply(topic = "events.quota.reserved", type = "QuotaReserved"),
        failure = @Reply(topic = "events.quota.failed", type = "QuotaReserveFailed"))
class ReserveQuota implements CommandHandler<QuotaReserve> {

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Ledger ledger;
    private final QuotaReader quotas;
    private final Counter refused;

    ReserveQuota(Ledger ledger, QuotaReader quotas, MeterRegistry metrics) {
        this.ledger = ledger;
        this.quotas = quotas;
        this.refused = Counter.builder("mediasaga.quota.refused")
                .description("Reservations that did not fit")
                .register(metrics);
    }

    @Override
    public Outcome handle(Command<QuotaReserve> command) {
        QuotaReserve asked = command.payload();
        String assetId = Ids.required("asset_id", asked.assetId());
        String ownerId = Ids.required("owner_id", asked.ownerId());
        Instant deadline = checked(asked.expiresAt());
        Long bytes = asked.bytes();
        if (bytes == null || bytes < 1 || bytes > Limits.MAX_ASSET_BYTES) {
            return Outcome.refused(
                    "INVALID_BYTES",
                    "The size of the file is %s; it must be from 1 byte to %s"
                            .formatted(bytes == null ? "not given" : Sizes.of(bytes), Sizes.of(Limits.MAX_ASSET_BYTES)));
        }
        Optional<Ledger.Reserved> reserved = ledger.reserve(command.sagaId(), assetId, ownerId, bytes, deadline);
        return reserved.isPresent()
                ? success(assetId, ownerId, bytes, reserved.get())
                : refusal(command.sagaId(), assetId, ownerId, bytes);
    }

    private Outcome refusal(String sagaId, String assetId, String ownerId, long bytes) {
        Quota quota = quotas.find(ownerId);
        Optional<Reservation> before = ledger.reservation(assetId)
                .filter(r -> r.state() == ReservationState.HELD || r.state() == ReservationState.USED);
        if (before.isPresent()) {
            Reservation reservation = before.get();
            boolean same = reservation.sagaId().equals(sagaId)
                    && reservation.ownerId().equals(ownerId)
                    && reservation.bytes() == bytes;
            return same
                    ? success(assetId, ownerId, bytes, left(quota, reservation))
                    : Outcome.refused(
                            "ALREADY_RESERVED",
                            "The asset %s has a reservation of %s by saga %s already"
                                    .formatted(assetId, Sizes.of(reservation.bytes()), reservation.sagaId()));
        }
        refused.increment();
        return quota.freeBytes() < bytes
                ? Outcome.refused(
                        "QUOTA_EXCEEDED",
                        "Owner %s asked for %s, but only %s of %s are free"
                                .formatted(
                                        ownerId,
                                        Sizes.of(bytes),
                                        Sizes.of(quota.freeBytes()),
                                        Sizes.of(quota.limitBytes())))
                : Outcome.refused(
                        "QUOTA_EXCEEDED",
                        "Owner %s asked for 1 asset, but all of %d are in use or reserved"
                                .formatted(ownerId, quota.limitAssets()));
    }

    private static Outcome success(String assetId, String ownerId, long bytes, Ledger.Reserved reserved) {
        return Outcome.success(new QuotaReserved(
                assetId, ownerId, bytes, reserved.freeBytes(), reserved.freeAssets(), reserved.expiresAt()));
    }

    private static Ledger.Reserved left(Quota quota, Reservation reservation) {
        return new Ledger.Reserved(quota.freeBytes(), quota.freeAssets(), reservation.expiresAt());
    }

    private static @Nullable Instant checked(@Nullable Instant deadline) {
        if (deadline != null && deadline.isAfter(LAST)) {
            throw new InvalidPayloadException("expires_at is beyond the year 9999; give the saga's deadline");
        }
        return deadline == null || deadline.isAfter(Instant.EPOCH) ? deadline : Instant.EPOCH;
    }
}
