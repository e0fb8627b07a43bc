package io.mediasaga.messaging.inbox;

import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.inbox.InboxStore.MessageKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Redis in front of the inbox: spares the database the messages that are known to be done. Told after the commit, so it
 * never says "seen" of what was not handled; without Redis everything works, the database is asked more often.
 */
public final class SeenFilter {

    private static final Logger log = LoggerFactory.getLogger(SeenFilter.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int MOST_MARKS = 2000;

    /** Sets the marks of what is done and asks for others, in one round trip: first in KEYS are those to be set. */
    @SuppressWarnings("rawtypes")
    private static final RedisScript<List> MARK_AND_ASK = RedisScript.of("""
            local marks = tonumber(ARGV[1])
            local seen = {}
            for i = 1, marks do redis.call('SET', KEYS[i], '1', 'EX', ARGV[2]) end
            for first = marks + 1, #KEYS, 1000 do
              local values = redis.call('MGET', unpack(KEYS, first, math.min(first + 999, #KEYS)))
              for i, value in ipairs(values) do seen[first - marks + i - 1] = value and 1 or 0 end
            end
            return seen
            """, List.class);

    private final StringRedisTemplate redis;
    private final String service;
    private final Supplier<String> databaseId;
    private final String seconds;
    private final Queue<MessageKey> done = new LinkedBlockingQueue<>();
    private volatile @Nullable String prefix;
    private volatile long pausedUntil = System.nanoTime();
    private volatile boolean away;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * @param service keeps the keys of services apart
     * @param databaseId keeps databases apart: a mark from before a database was made anew must not count
     */
    public SeenFilter(StringRedisTemplate redis, String service, Supplier<String> databaseId, Duration ttl) {
        this.redis = redis;
        this.service = service;
        this.databaseId = databaseId;
        this.seconds = Long.toString(ttl.toSeconds());
    }

    /** The deliveries that are not known to be done. Marks that wait are set on the way, also when there are no deliveries. */
    public List<Delivery> unseen(List<Delivery> deliveries) {
        if (paused() || (deliveries.isEmpty() && done.isEmpty())) {
            return deliveries;
        }
        List<String> keys = waitingMarks();
        String marks = Integer.toString(keys.size());
        deliveries.forEach(delivery -> keys.add(key(MessageKey.of(delivery))));
        try {
            List<?> seen = redis.execute(MARK_AND_ASK, keys, marks, seconds);
            back();
            var unseen = new ArrayList<Delivery>(deliveries.size());
            for (int i = 0; i < deliveries.size(); i++) {
                if (!Long.valueOf(1).equals(seen.get(i)) || deliveries.get(i).redriven()) {
                    unseen.add(deliveries.get(i));
                }
            }
            hits.add(deliveries.size() - unseen.size());
            misses.add(unseen.size());
            return unseen;
        } catch (RuntimeException e) {
            pause(e);
            return deliveries;
        }
    }

    /** How many messages Redis knew to be done. */
    public long hits() {
        return hits.sum();
    }

    /** How many it did not know. */
    public long misses() {
        return misses.sum();
    }

    /** Notes that the messages are done. Redis is told together with the next question, or when there is nothing to do. */
    public void seen(Collection<MessageKey> messages) {
        if (!paused() && done.size() < MOST_MARKS) {
            done.addAll(messages);
        }
    }

    private List<String> waitingMarks() {
        var keys = new ArrayList<String>();
        for (MessageKey message = done.poll(); message != null; message = done.poll()) {
            keys.add(key(message));
        }
        return keys;
    }

    private String key(MessageKey message) {
        String known = prefix;
        if (known == null) {
            known = "mediasaga:" + service + ":" + databaseId.get() + ":seen:";
            prefix = known;
        }
        return known + message.topic() + ':' + message.messageId();
    }

    private boolean paused() {
        return System.nanoTime() - pausedUntil < 0;
    }

    private void pause(RuntimeException e) {
        pausedUntil = System.nanoTime() + PAUSE.toNanos();
        if (!away) {
            away = true;
            log.warn("Redis is away; the database alone tells which messages are done: {}", e.getMessage());
        }
    }

    private void back() {
        if (away) {
            away = false;
            log.info("Redis is back");
        }
    }
}
