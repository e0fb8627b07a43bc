package io.mediasaga.orchestrator.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.messaging.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What anybody may write to a dead-letter topic, and PostgreSQL has to take. */
class FoundRecordTest {

    private static final Instant WRITTEN = Instant.parse("2026-01-10T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"+999999999-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "+10000-01-01T00:00:00Z", "yesterday", ""})
    void aTimeThatNoDatabaseHasIsThatOfTheRecord(String time) {
        assertThat(found(WRITTEN.toEpochMilli(), "{}", Headers.DEAD_AT, time).diedAt()).isEqualTo(WRITTEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE})
    void neitherDoesTheRecordsOwnTimeLeaveTheCalendar(long timestamp) {
        assertThat(found(timestamp, "{}").diedAt()).isBetween(Instant.EPOCH, Instant.parse("9999-12-31T23:59:59Z"));
    }

    @Test
    void aTimeThatIsOneIsKept() {
        assertThat(found(0, "{}", Headers.DEAD_AT, "2026-02-03T04:05:06Z").diedAt()).isEqualTo(Instant.parse("2026-02-03T04:05:06Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a/b", "a b", "ü", ""})
    void whatCanBeNoTopicIsNone(String topic) {
        assertThat(found(0, "{}", Headers.ORIGINAL_TOPIC, topic).originalTopic()).isEmpty();
    }

    @Test
    void aTopicIsKeptUpToTheLengthThatKafkaAllows() {
        assertThat(found(0, "{}", Headers.ORIGINAL_TOPIC, "t".repeat(249)).originalTopic()).hasSize(249);
        assertThat(found(0, "{}", Headers.ORIGINAL_TOPIC, "t".repeat(250)).originalTopic()).isEmpty();
    }

    @Test
    void namesAreShortEnoughForAnIndexAndWithoutNul() {
        FoundRecord record = found(0, "{\"saga_id\":\"%s\",\"type\":\"a\\u0000b\",\"message_id\":7}".formatted("ü".repeat(100_000)));

        assertThat(record.said("saga_id")).hasSize(256).endsWith("ü…");
        assertThat(record.said("type")).isEqualTo("a b");
        assertThat(record.said("message_id")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "\"\"", "{"})
    void anyValueIsTaken(String value) {
        assertThat(found(0, value).said("saga_id")).isNull();
    }

    private static FoundRecord found(long timestamp, String value, String... headers) {
        var all = new RecordHeaders();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], bytes(headers[i + 1]));
        }
        return FoundRecord.of(new ConsumerRecord<>("dlq", 0, 0, timestamp, TimestampType.CREATE_TIME, 0, 0, null, bytes(value), all,
                java.util.Optional.empty()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
