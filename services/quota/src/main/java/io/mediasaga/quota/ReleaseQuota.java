package io.mediasaga.quota;

import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.Handles.Reply;
import io.mediasaga.messaging.Outcome;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Gives back what the saga has reserved. Where that is nothing, or no more, there is nothing to do. */
@Component
@Handles(
        topic = "commands.quota.release",
        type = "QuotaRelease",
        success = @Reply(topic = "events.quota.released", type = "QuotaReleased"),
        failure = @Reply(topic = "events.quota.failed", type = "QuotaReleaseFailed"),
        compensates = "RESERVE_QUOTA")
class ReleaseQuota implements CommandHandler<QuotaRelease> {

    private final Ledger ledger;

    ReleaseQuota(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Outcome handle(Command<QuotaRelease> command) {
        String assetId = Ids.required("asset_id", command.payload().assetId());
        Optional<Long> released = ledger.release(command.sagaId(), assetId);
        if (released.isEmpty() && isUsed(command.sagaId(), assetId)) {
            return Outcome.refused(
                    "QUOTA_IN_USE",
                    "The asset %s is published, so its room is in use and not reserved any more".formatted(assetId));
        }
        return Outcome.success(new QuotaReleased(assetId, released.orElse(0L)));
    }

    private boolean isUsed(String sagaId, String assetId) {
        return ledger.reservation(assetId)
                .filter(r -> r.sagaId().equals(sagaId) && r.state() == ReservationState.USED)
                .isPresent();
    }
}
