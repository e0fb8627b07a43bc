package io.mediasaga.messaging.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Acknowledged rows of topics that one broker alone holds. They lie in three slots, taken in turns for the length of
 * {@code keep} each; the one whose turn is next is emptied as a whole. So a row is kept for once to twice that long.
 */
final class KeptStore {

    private static final String FEED_AGAIN = """
            WITH lost AS (
              DELETE FROM outbox_kept WHERE topic = ? AND partition = ? AND "offset" >= ?
              RETURNING bucket, id, topic, key, keyed, headers, value)
            INSERT INTO outbox (bucket, id, topic, key, keyed, headers, value, available_at)
            SELECT bucket, id, topic, key, keyed, headers, value, clock_timestamp() FROM lost
            ON CONFLICT DO NOTHING
            """;

    private static final String NEXT_SLOT =
            "SELECT ((extract(epoch FROM clock_timestamp())::bigint / ? + 1) % 3)::int";

    private final JdbcTemplate jdbc;
    private final Duration keep;

    KeptStore(JdbcTemplate jdbc, Duration keep) {
        this.jdbc = jdbc;
        this.keep = keep;
    }

    /** Puts kept rows from the offset on back to be sent; answers how many. */
    int feedAgain(TopicPartition partition, long fromOffset) {
        return jdbc.update(FEED_AGAIN, partition.topic(), partition.partition(), fromOffset);
    }

    /** The highest acknowledged offset of each partition. */
    Map<TopicPartition, Long> highest() {
        var highest = new HashMap<TopicPartition, Long>();
        jdbc.query(
                "SELECT topic, partition, max(\"offset\") FROM outbox_kept GROUP BY topic, partition",
                rs -> {
                    highest.put(new TopicPartition(rs.getString(1), rs.getInt(2)), rs.getLong(3));
                });
        return highest;
    }

    /** Empties the slot whose turn is next. */
    void prune() {
        Integer next = jdbc.queryForObject(NEXT_SLOT, Integer.class, keep.toSeconds());
        String slot = "outbox_kept_" + next;
        if (Boolean.TRUE.equals(jdbc.queryForObject("SELECT EXISTS (SELECT 1 FROM " + slot + ")", Boolean.class))) {
            jdbc.execute("TRUNCATE " + slot);
        }
    }
}
