package io.mediasaga.messaging.retry;

import io.mediasaga.messaging.config.MessagingProperties.Retry;
import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.envelope.EnvelopeCodec;
import io.mediasaga.messaging.envelope.InvalidEnvelopeException;
import io.mediasaga.messaging.outbox.HeaderText;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Durable retries in SQL: failed messages and, behind them, later ones of the same key. */
public final class RetryStore {

    private static final String INSERT = """
            INSERT INTO retry (key, keyed, topic, partition, "offset", headers, value, attempts, next_attempt_at,
                               first_error, last_error)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', ?, ?)
            """;

    /** Only the oldest of a key is ever taken. */
    private static final String TAKE_DUE = """
            SELECT r.* FROM retry r
            WHERE r.next_attempt_at <= statement_timestamp()
              AND NOT EXISTS (SELECT 1 FROM retry o WHERE o.key = r.key AND o.id < r.id)
            ORDER BY r.next_attempt_at LIMIT 1
            FOR UPDATE SKIP LOCKED
            """;

    private static final String FAILED = """
            UPDATE retry SET attempts = ?, next_attempt_at = clock_timestamp() + ? * interval '1 millisecond',
                             first_error = coalesce(first_error, ?), last_error = ?
            WHERE id = ? AND attempts = ?
            """;

    private static final String NEXT = """
            SELECT extract(epoch FROM min(next_attempt_at) - clock_timestamp()) * 1000 FROM retry
            """;

    private final JdbcTemplate jdbc;
    private final EnvelopeCodec codec = EnvelopeCodec.unlimited();
    private final Retry settings;

    /** @param settings how often and when messages are tried again */
    public RetryStore(JdbcTemplate jdbc, Retry settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /** Whether a message that has failed so often is given up. */
    public boolean isLastAttempt(int failed) {
        return failed >= settings.attempts();
    }

    /** Adds a message whose first attempt failed. */
    public void add(Delivery delivery, String error) {
        insert(delivery, 1, settings.after(1), error);
    }

    /** Lets a message wait behind an older one of its key. */
    public void park(Delivery delivery) {
        insert(delivery, 0, Duration.ZERO, null);
    }

    private void insert(Delivery delivery, int attempts, Duration wait, @Nullable String error) {
        jdbc.update(
                INSERT,
                delivery.orderingKey(),
                delivery.key() != null,
                delivery.topic(),
                delivery.partition(),
                delivery.offset(),
                HeaderText.write(delivery.headers()),
                delivery.value(),
                attempts,
                wait.toMillis(),
                error,
                error);
    }

    /** Takes one message that is due and locks it until the transaction ends. */
    Optional<Waiting> takeDue() {
        return jdbc.query(TAKE_DUE, this::waiting).stream().findFirst();
    }

    /** How long it is until a message is due; negative when one has been for long, {@code null} when none waits. */
    @Nullable Duration untilNext() {
        Double millis = jdbc.queryForObject(NEXT, Double.class);
        return millis == null ? null : Duration.ofMillis(millis.longValue());
    }

    /** The message is over with; answers false when somebody else has handled it meanwhile. */
    boolean remove(Waiting waiting) {
        return jdbc.update("DELETE FROM retry WHERE id = ? AND attempts = ?", waiting.id(), waiting.attempts()) == 1;
    }

    /** Notes one more failure; nothing when somebody else has handled the message meanwhile. */
    void failed(Waiting waiting, Duration wait, String error) {
        jdbc.update(
                FAILED, waiting.attempts() + 1, wait.toMillis(), error, error, waiting.id(), waiting.attempts());
    }

    private Waiting waiting(ResultSet rs, int i) throws SQLException {
        byte[] value = rs.getBytes("value");
        try {
            var delivery = new Delivery(
                    rs.getString("topic"),
                    rs.getInt("partition"),
                    rs.getLong("offset"),
                    rs.getBoolean("keyed") ? rs.getString("key") : null,
                    HeaderText.read(rs.getString("headers")),
                    value,
                    codec.read(value));
            return new Waiting(
                    rs.getLong("id"), delivery, rs.getInt("attempts"), rs.getString("first_error"));
        } catch (InvalidEnvelopeException e) {
            throw new IllegalStateException(
                    "A message that was readable when it came is not any more: " + e.getMessage(), e);
        }
    }

    /** A message that waits; {@code attempts} have failed. */
    record Waiting(long id, Delivery delivery, int attempts, @Nullable String firstError) {}
}
