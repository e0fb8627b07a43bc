package io.mediasaga.messaging.harness;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Messages as a foreign program writes them. */
public final class Messages {

    private Messages() {}

    /** An identifier that no other test uses. */
    public static String id(String prefix) {
        return prefix + "-" + UUID.randomUUID();
    }

    /** A command or event as JSON. */
    public static String message(String messageId, String sagaId, String type, String step, @Nullable Integer attempt) {
        return """
                {"message_id":"%s","saga_id":"%s","type":"%s","step":"%s","created_at":"2026-01-10T12:00:00Z",%s\
                "payload":{"parcel_id":"p-%s"}}"""
                .formatted(messageId, sagaId, type, step, attempt == null ? "" : "\"attempt\":" + attempt + ",", sagaId);
    }

    /** The command to send the saga's parcel, under a message id of its own. */
    public static String send(String sagaId) {
        return send(sagaId, null);
    }

    /** An attempt of it. */
    public static String send(String sagaId, @Nullable Integer attempt) {
        return message(id("m"), sagaId, "ParcelSend", "SEND_PARCEL", attempt);
    }

    /** The compensation of {@link #send}. */
    public static String back(String sagaId) {
        return message(id("m"), sagaId, "ParcelReturn", "RETURN_PARCEL", null);
    }

    /** Long work. */
    public static String carry(String sagaId, @Nullable Integer attempt) {
        return message(id("m"), sagaId, "ParcelCarry", "CARRY_PARCEL", attempt);
    }

    /** The compensation of {@link #carry}, long as well. */
    public static String unload(String sagaId) {
        return message(id("m"), sagaId, "ParcelUnload", "UNLOAD_PARCEL", null);
    }

    /** A command that is carried out together with others. */
    public static String weigh(String sagaId, @Nullable Integer attempt) {
        return message(id("m"), sagaId, "ParcelWeigh", "WEIGH_PARCEL", attempt);
    }

    /** The compensation of {@link #weigh}. */
    public static String unweigh(String sagaId) {
        return message(id("m"), sagaId, "ParcelUnweigh", "UNWEIGH_PARCEL", null);
    }

    /** An event that the service listens to, many at a time. */
    public static String packed(String messageId, String sagaId) {
        return message(messageId, sagaId, "ParcelPacked", "PACK_PARCEL", null);
    }

    /** An event that the service listens to. */
    public static String seen(String messageId, String sagaId) {
        return message(messageId, sagaId, "ParcelSeen", "SEE_PARCEL", null);
    }

    /** A record as the consumer gets it, without a key. */
    public static ConsumerRecord<byte[], byte[]> record(String topic, String value) {
        return new ConsumerRecord<>(topic, 0, 0, null, value.getBytes(StandardCharsets.UTF_8));
    }
}
