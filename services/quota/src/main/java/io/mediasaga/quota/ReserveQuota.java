package io.mediasaga.quota;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.FailedItemException;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Sets room aside for an asset, until it is published, given up, or its time is over. */
@Component
@Handles(
        topic = "commands.quota.reserve",
        type = "QuotaReserve",
        success = @Reply(topic = "events.quota.reserved", type = "QuotaReserved"),
        failure = @Reply(topic = "events.quota.failed", type = "QuotaReserveFailed"))
class ReserveQuota implements BatchCommandHandler<QuotaReserve> {

    private static final long NOT_GIVEN = Long.MIN_VALUE;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final Ledger ledger;
    private final Counter refused;

    ReserveQuota(Ledger ledger, MeterRegistry metrics) {
        this.ledger = ledger;
        this.refused = Counter.builder("mediasaga.quota.refused")
                .description("Reservations that did not fit")
                .register(metrics);
    }

    @Override
    public List<Outcome> handle(List<Command<QuotaReserve>> commands) {
        List<Ledger.Asked> asked = FailedItemException.forEach(commands, ReserveQuota::read);
        var possible = asked.stream().filter(ReserveQuota::isSize).toList();
        var decisions = (possible.isEmpty() ? List.<Decision>of() : ledger.reserve(possible)).iterator();
        return asked.stream()
                .map(each -> isSize(each) ? outcome(each, decisions.next()) : invalidSize(each.bytes()))
                .toList();
    }

    private static Ledger.Asked read(Command<QuotaReserve> command) {
        QuotaReserve asked = command.payload();
        return new Ledger.Asked(
                command.sagaId(),
                Ids.required("asset_id", asked.assetId()),
                Ids.required("owner_id", asked.ownerId()),
                asked.bytes() == null ? NOT_GIVEN : asked.bytes(),
                checked(asked.expiresAt()));
    }

    private static boolean isSize(Ledger.Asked asked) {
        return asked.bytes() >= 1 && asked.bytes() <= Limits.MAX_ASSET_BYTES;
    }

    private static Outcome invalidSize(long bytes) {
        return Outcome.refused(
                "INVALID_BYTES",
                "The size of the file is %s; it must be from 1 byte to %s"
                        .formatted(bytes == NOT_GIVEN ? "not given" : Sizes.of(bytes), Sizes.of(Limits.MAX_ASSET_BYTES)));
    }

    private Outcome outcome(Ledger.Asked asked, Decision decision) {
        return switch (decision) {
            case Decision.Reserved(_, long freeBytes, long freeAssets, Instant expiresAt) ->
                Outcome.success(new QuotaReserved(
                        asked.assetId(), asked.ownerId(), asked.bytes(), freeBytes, freeAssets, expiresAt));
            case Decision.Same(Reservation before, long freeBytes, long freeAssets) ->
                Outcome.success(new QuotaReserved(
                        asked.assetId(), asked.ownerId(), asked.bytes(), freeBytes, freeAssets, before.expiresAt()));
            case Decision.Taken(Reservation before) ->
                Outcome.refused(
                        "ALREADY_RESERVED",
                        "The asset %s has a reservation of %s by saga %s already"
                                .formatted(asked.assetId(), Sizes.of(before.bytes()), before.sagaId()));
            case Decision.Exceeded exceeded -> {
                refused.increment();
                yield Outcome.refused("QUOTA_EXCEEDED", reason(asked, exceeded));
            }
        };
    }

    private static String reason(Ledger.Asked asked, Decision.Exceeded exceeded) {
        return exceeded.freeBytes() < asked.bytes()
                ? "Owner %s asked for %s, but only %s of %s are free"
                        .formatted(
                                asked.ownerId(),
                                Sizes.of(asked.bytes()),
                                Sizes.of(exceeded.freeBytes()),
                                Sizes.of(exceeded.limitBytes()))
                : "Owner %s asked for 1 asset, but all of %d are in use or reserved"
                        .formatted(asked.ownerId(), exceeded.limitAssets());
    }

    private static @Nullable Instant checked(@Nullable Instant deadline) {
        if (deadline != null && deadline.isAfter(LAST)) {
            throw new InvalidPayloadException("expires_at is beyond the year 9999; give the saga's deadline");
        }
        return deadline == null || deadline.isAfter(Instant.EPOCH) ? deadline : Instant.EPOCH;
    }
}
