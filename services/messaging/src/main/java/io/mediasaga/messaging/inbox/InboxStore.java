package io.mediasaga.messaging.inbox;

import io.mediasaga.messaging.consumer.Delivery;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** The inbox in SQL: which messages have been taken. */
public final class InboxStore {

    /**
     * Takes the messages that are new, and tells which keys have older messages waiting; one statement for both. On the way it has
     * the plans kept that the statements of this transaction have: PostgreSQL believes that those over arrays are better planned
     * anew for each array, which takes longer than carrying them out.
     */
    private static final String TAKE = """
            WITH incoming AS (
              SELECT * FROM unnest(?::text[], ?::text[], ?::boolean[]) AS m (topic, message_id, redriven)),
            taken AS (
              INSERT INTO inbox AS i (topic, message_id)
              SELECT topic, message_id FROM incoming WHERE NOT redriven ORDER BY topic, message_id
              ON CONFLICT DO NOTHING
              RETURNING topic, message_id),
            again AS (
              INSERT INTO inbox AS i (topic, message_id)
              SELECT topic, message_id FROM incoming WHERE redriven ORDER BY topic, message_id
              ON CONFLICT (topic, message_id) DO UPDATE SET status = 'd' WHERE i.status = 'x'
              RETURNING topic, message_id)
            SELECT 'm', topic, message_id FROM taken
            UNION ALL SELECT 'm', topic, message_id FROM again
            UNION ALL SELECT DISTINCT 'k', key, '' FROM retry WHERE key = ANY (?)
            UNION ALL SELECT 'p', set_config('plan_cache_mode', 'force_generic_plan', true), ''
            """;

    private static final String MARK_DEAD = """
            INSERT INTO inbox (topic, message_id, status) VALUES (?, ?, 'x')
            ON CONFLICT (topic, message_id) DO UPDATE SET status = 'x'
            """;

    private static final String PRUNE = """
            DELETE FROM inbox WHERE ctid = ANY (ARRAY(
              SELECT ctid FROM inbox WHERE received_at < statement_timestamp() - ? * interval '1 second' LIMIT 20000))
            """;

    private final JdbcTemplate jdbc;

    /** @param jdbc the service's database */
    public InboxStore(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes the messages, which are distinct. */
    public Taken take(List<Delivery> deliveries) {
        var fresh = new HashSet<MessageKey>();
        var waiting = new HashSet<String>();
        jdbc.query(
                TAKE,
                rs -> {
                    switch (rs.getString(1)) {
                        case "m" -> fresh.add(new MessageKey(rs.getString(2), rs.getString(3)));
                        case "k" -> waiting.add(rs.getString(2));
                        default -> {} // the setting
                    }
                },
                deliveries.stream().map(Delivery::topic).toArray(String[]::new),
                deliveries.stream().map(d -> d.envelope().messageId()).toArray(String[]::new),
                deliveries.stream().map(Delivery::redriven).toArray(Boolean[]::new),
                deliveries.stream().map(Delivery::orderingKey).distinct().toArray(String[]::new));
        return new Taken(fresh, waiting);
    }

    /** Lets the message pass once more when it is redriven. */
    public void markDead(String topic, String messageId) {
        jdbc.update(MARK_DEAD, topic, messageId);
    }

    /** Which database this is: another one, or the same made anew, has another id. */
    public String databaseId() {
        return Objects.requireNonNull(jdbc.queryForObject("SELECT id::text FROM messaging_database", String.class));
    }

    /** Forgets messages that were taken long ago, a bounded number; answers how many. */
    public int prune(Duration retention) {
        return jdbc.update(PRUNE, retention.toSeconds());
    }

    /** Identity of a message. */
    public record MessageKey(String topic, String messageId) {
        /** That of the delivery. */
        public static MessageKey of(Delivery delivery) {
            return new MessageKey(delivery.topic(), delivery.envelope().messageId());
        }
    }

    /** The messages that are new, and the ordering keys that older messages wait for. */
    public record Taken(Set<MessageKey> fresh, Set<String> waitingKeys) {}
}
