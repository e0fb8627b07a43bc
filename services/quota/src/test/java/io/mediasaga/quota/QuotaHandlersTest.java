package io.mediasaga.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediasaga.messaging.InvalidPayloadException;
import io.mediasaga.messaging.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaHandlersTest extends QuotaIntegration {

    private final String owner = id();
    private final String asset = id();
    private final String saga = id();

    @Test
    void aReservationIsHeldAndTellsWhatIsLeft() {
        Outcome outcome = reserve(saga, asset, owner, 4000);

        QuotaReserved reserved = reserved(outcome);
        assertThat(reserved.freeBytes()).isEqualTo(6000);
        assertThat(reserved.freeAssets()).isEqualTo(9);
        assertThat(reserved.expiresAt()).isBetween(in(Duration.ofHours(36)), in(Duration.ofHours(38)));
        assertAccount(owner, 4000, 1, 0, 0);
    }

    @Test
    void itFitsToTheLastByteAndNotOneMore() {
        reserve(saga, asset, owner, 4000);

        assertRefused(reserve("s2", id(), owner, 6001), "QUOTA_EXCEEDED");
        assertThat(reserve("s3", id(), owner, 6000)).isInstanceOf(Outcome.Success.class);
        assertRefused(reserve("s4", id(), owner, 1), "QUOTA_EXCEEDED");
        assertAccount(owner, 10000, 2, 0, 0);
    }

    @Test
    void aRefusalTellsWhatWasAskedWhatIsFreeAndTheLimit() {
        reserve(saga, asset, owner, 4000);

        assertThat(reserve("s2", id(), owner, 8192)).isEqualTo(Outcome.refused(
                "QUOTA_EXCEEDED",
                "Owner %s asked for 8192 bytes (8.0 KiB), but only 6000 bytes (5.9 KiB) of 10000 bytes (9.8 KiB) are free"
                        .formatted(owner)));
        assertRefused(reserve("s3", id(), id(), 10001), "QUOTA_EXCEEDED");
    }

    @Test
    void assetsAreCountedToo() {
        for (int i = 0; i < 10; i++) {
            assertThat(reserve("s" + i, id(), owner, 1)).isInstanceOf(Outcome.Success.class);
        }

        assertThat(reserve(saga, asset, owner, 1)).isEqualTo(Outcome.refused(
                "QUOTA_EXCEEDED",
                "Owner %s asked for 1 asset, but all of 10 are in use or reserved".formatted(owner)));
        assertAccount(owner, 10, 10, 0, 0);
    }

    @Test
    void theSameSagaReservesOnceAnotherIsRefused() {
        QuotaReserved first = reserved(reserve(saga, asset, owner, 4000));

        assertThat(reserved(reserve(saga, asset, owner, 4000))).isEqualTo(first);
        assertRefused(reserve(saga, asset, owner, 4001), "ALREADY_RESERVED");
        assertRefused(reserve(saga, asset, "someone", 4000), "ALREADY_RESERVED");
        assertRefused(reserve("another", asset, owner, 4000), "ALREADY_RESERVED");
        assertAccount(owner, 4000, 1, 0, 0);
    }

    @Test
    void aReleaseGivesEverythingBackOnce() {
        reserve(saga, asset, owner, 4000);

        assertThat(release(saga, asset)).isEqualTo(Outcome.success(new QuotaReleased(asset, 4000)));
        assertThat(release(saga, asset)).isEqualTo(Outcome.success(new QuotaReleased(asset, 0)));
        assertAccount(owner, 0, 0, 0, 0);
        assertThat(reserve("later", asset, owner, 10000)).isInstanceOf(Outcome.Success.class);
        assertAccount(owner, 10000, 1, 0, 0);
    }

    @Test
    void whatWasNeverReservedIsReleasedAllTheSame() {
        assertThat(release(saga, asset)).isEqualTo(Outcome.success(new QuotaReleased(asset, 0)));
        assertBalanced();
    }

    @Test
    void anotherSagaReleasesNothing() {
        reserve(saga, asset, owner, 4000);

        assertThat(release("another", asset)).isEqualTo(Outcome.success(new QuotaReleased(asset, 0)));
        assertAccount(owner, 4000, 1, 0, 0);
    }

    @Test
    void aPublishedAssetIsUsedOnce() {
        reserve(saga, asset, owner, 4000);

        published(asset);
        published(asset);

        assertAccount(owner, 0, 0, 4000, 1);
        assertRefused(release(saga, asset), "QUOTA_IN_USE");
        assertRefused(reserve("s2", id(), owner, 6001), "QUOTA_EXCEEDED");
        assertThat(expire(asset)).isZero();
        assertAccount(owner, 0, 0, 4000, 1);
    }

    @Test
    void anAssetWithoutReservationIsPassedOver() {
        published(asset);

        assertBalanced();
        assertThat(jdbc.sql("SELECT count(*) FROM ledger_entry WHERE asset_id = ?").param(asset).query(Long.class).single())
                .isZero();
    }

    @Test
    void whatHasExpiredIsFreeAgain() {
        reserve(saga, asset, owner, 10000);

        assertThat(expire(asset)).isEqualTo(1);

        assertAccount(owner, 0, 0, 0, 0);
        assertThat(release(saga, asset)).isEqualTo(Outcome.success(new QuotaReleased(asset, 0)));
        assertThat(reserve(saga, asset, owner, 10000)).isInstanceOf(Outcome.Success.class);
    }

    @Test
    void whatIsPublishedAfterItExpiredIsBookedEvenBeyondTheLimit() {
        reserve(saga, asset, owner, 6000);
        expire(asset);
        reserve("other", id(), owner, 9000);

        published(asset);

        assertAccount(owner, 9000, 1, 6000, 1);
        assertThat(reader.find(owner).freeBytes()).isZero();
        assertThat(reader.ledger(owner, null, 1).items().getFirst().note()).contains("had expired");
        assertRefused(reserve("s3", id(), owner, 1), "QUOTA_EXCEEDED");
    }

    @Test
    void whatIsPublishedAfterItWasReleasedIsBookedToo() {
        reserve(saga, asset, owner, 6000);
        release(saga, asset);

        published(asset);

        assertAccount(owner, 0, 0, 6000, 1);
        assertThat(reader.ledger(owner, null, 1).items().getFirst().note()).contains("had been released");
    }

    @Test
    void theLedgerTellsTheWholeStory() {
        reserve(saga, asset, owner, 100);
        expire(asset);
        reserve(saga, asset, owner, 200);
        published(asset);

        List<LedgerEntry> entries = reader.ledger(owner, null, 10).items().reversed();
        assertThat(entries).extracting(LedgerEntry::kind).containsExactly("RESERVE", "EXPIRE", "RESERVE", "COMMIT");
        assertThat(entries).extracting(LedgerEntry::reservedBytes).containsExactly(100L, -100L, 200L, -200L);
        assertThat(entries).extracting(LedgerEntry::usedBytes).containsExactly(0L, 0L, 0L, 200L);
    }

    @Test
    void theReservationOutlivesTheDeadlineOfItsSaga() {
        Instant deadline = in(Duration.ofHours(5));
        assertThat(expiry(deadline)).isBetween(deadline.plusSeconds(3599), deadline.plusSeconds(3601));
        assertThat(expiry(Instant.MIN)).isBetween(in(Duration.ofMinutes(59)), in(Duration.ofMinutes(61)));
        assertThat(expiry(Instant.parse("9999-01-01T00:00:00Z"))).isBefore(in(Duration.ofDays(91)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(longs = {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 50) + 1})
    void sizesThatAreNoneAreRefused(Long bytes) {
        assertRefused(run(reserveQuota, saga, new QuotaReserve(asset, owner, bytes, null)), "INVALID_BYTES");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\u0000b", "12345678901234567890123456789012345678901234567890123456789012345"})
    void anUnusableIdMakesTheMessageInvalid(String bad) {
        assertInvalid(() -> run(reserveQuota, saga, new QuotaReserve(bad, owner, 1L, null)));
        assertInvalid(() -> run(reserveQuota, saga, new QuotaReserve(asset, bad, 1L, null)));
        assertInvalid(() -> alone(releaseQuota, saga, new QuotaRelease(bad, owner)));
        assertInvalid(() -> published(bad));
        assertInvalid(() -> run(reserveQuota, saga, new QuotaReserve(asset, owner, 1L, Instant.MAX)));
    }

    @Test
    void theLedgerCannotBeRewritten() {
        reserve(saga, asset, owner, 100);

        for (String change : List.of("UPDATE ledger_entry SET note = 'x'", "DELETE FROM ledger_entry", "TRUNCATE ledger_entry")) {
            assertThatThrownBy(() -> jdbc.sql(change).update()).hasMessageContaining("append-only");
        }
    }

    @Test
    void theAuditFindsWhatDoesNotBalance() {
        reserve(saga, asset, owner, 100);
        jdbc.sql("UPDATE account SET reserved_bytes = reserved_bytes + 1 WHERE owner_id = ?").param(owner).update();
        try {
            Audit.Result result = audit.run();
            assertThat(result.balanced()).isFalse();
            assertThat(result.wrongOwners()).isOne();
            assertThat(result.differences().getFirst())
                    .containsEntry("owner_id", owner)
                    .containsEntry("account_reserved_bytes", 101L);
        } finally {
            jdbc.sql("UPDATE account SET reserved_bytes = reserved_bytes - 1 WHERE owner_id = ?").param(owner).update();
        }
        assertBalanced();
    }

    private static void assertInvalid(Runnable action) {
        assertThatThrownBy(action::run).isInstanceOf(InvalidPayloadException.class);
    }

    private Instant expiry(Instant deadline) {
        return reserved(run(reserveQuota, saga, new QuotaReserve(id(), owner, 1L, deadline))).expiresAt();
    }

    private static QuotaReserved reserved(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Success.class);
        return (QuotaReserved) Objects.requireNonNull(((Outcome.Success) outcome).payload());
    }

    private static Instant in(Duration duration) {
        return Instant.now().plus(duration);
    }
}
