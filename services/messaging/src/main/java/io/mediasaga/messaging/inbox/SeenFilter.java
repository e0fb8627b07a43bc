package io.mediasaga.messaging.inbox;

import io.mediasaga.messaging.consumer.Delivery;
import io.mediasaga.messaging.inbox.InboxStore.MessageKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Redis in front of the inbox: spares the database the messages that are known to be done. Written after the commit, so it
 * never says "seen" of what was not handled; without Redis everything works, the database is asked more often.
 */
public final class SeenFilter {

    private static final Logger log = LoggerFactory.getLogger(SeenFilter.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final byte[] MARK = {'1'};

    private final StringRedisTemplate redis;
    private final String service;
    private final Supplier<String> databaseId;
    private final Duration ttl;
    private volatile @Nullable String prefix;
    private volatile long pausedUntil = System.nanoTime();
    private volatile boolean away;

    /**
     * @param service keeps the keys of services apart
     * @param databaseId keeps databases apart: a mark from before a database was made anew must not count
     */
    public SeenFilter(StringRedisTemplate redis, String service, Supplier<String> databaseId, Duration ttl) {
        this.redis = redis;
        this.service = service;
        this.databaseId = databaseId;
        this.ttl = ttl;
    }

    /** The deliveries that are not known to be done. */
    public List<Delivery> unseen(List<Delivery> deliveries) {
        if (paused() || deliveries.isEmpty()) {
            return deliveries;
        }
        var keys = deliveries.stream().map(d -> key(MessageKey.of(d))).toList();
        try {
            List<String> marks = redis.opsForValue().multiGet(keys);
            back();
            if (marks == null) {
                return deliveries;
            }
            var unseen = new ArrayList<Delivery>(deliveries.size());
            for (int i = 0; i < deliveries.size(); i++) {
                if (marks.get(i) == null || deliveries.get(i).redriven()) {
                    unseen.add(deliveries.get(i));
                }
            }
            return unseen;
        } catch (RuntimeException e) {
            pause(e);
            return deliveries;
        }
    }

    /** Notes that the messages are done. */
    public void seen(Collection<MessageKey> messages) {
        if (paused() || messages.isEmpty()) {
            return;
        }
        try {
            redis.executePipelined((RedisCallback<Object>) connection -> {
                for (MessageKey message : messages) {
                    connection
                            .stringCommands()
                            .setEx(key(message).getBytes(StandardCharsets.UTF_8), ttl.toSeconds(), MARK);
                }
                return null;
            });
        } catch (RuntimeException e) {
            pause(e);
        }
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
