package io.mediasaga.messaging.harness;

import io.mediasaga.messaging.BatchHandler;
import io.mediasaga.messaging.Command;
import io.mediasaga.messaging.CommandHandler;
import io.mediasaga.messaging.Event;
import io.mediasaga.messaging.EventHandler;
import io.mediasaga.messaging.Handles;
import io.mediasaga.messaging.HandlesEvent;
import io.mediasaga.messaging.LongCommandHandler;
import io.mediasaga.messaging.Outcome;
import io.mediasaga.messaging.RawBatchHandler;
import io.mediasaga.messaging.Work;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.JdbcTemplate;

/** A service that sends parcels. Each handler leaves a row in {@code parcel}, then does what the {@link Script} says. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class Parcels {

    public static final String SEND = "commands.parcel.send";
    public static final String RETURN = "commands.parcel.return";
    public static final String CARRY = "commands.parcel.carry";
    public static final String UNLOAD = "commands.parcel.unload";
    public static final String SENT = "events.parcel.sent";
    public static final String RETURNED = "events.parcel.returned";
    public static final String CARRIED = "events.parcel.carried";
    public static final String UNLOADED = "events.parcel.unloaded";
    public static final String FAILED = "events.parcel.failed";
    public static final String SEEN = "events.parcel.seen";
    public static final String BATCH = "events.parcel.batch";
    public static final String RAW = "events.parcel.raw";

    /** Every topic that the service takes part in, its dead letters apart. */
    public static final List<String> TOPICS =
            List.of(SEND, RETURN, CARRY, UNLOAD, SENT, RETURNED, CARRIED, UNLOADED, FAILED, SEEN, BATCH, RAW);

    /** The payload of all commands and events here. */
    public record Parcel(@Nullable String parcelId, @Nullable Integer weight) {}

    @Bean
    Shelf shelf(JdbcTemplate jdbc) {
        return new Shelf(jdbc);
    }

    @Bean
    SendParcel sendParcel(Shelf shelf, Script script) {
        return new SendParcel(shelf, script);
    }

    @Bean
    ReturnParcel returnParcel(Shelf shelf, Script script) {
        return new ReturnParcel(shelf, script);
    }

    @Bean
    CarryParcel carryParcel(Shelf shelf, Script script) {
        return new CarryParcel(shelf, script);
    }

    @Bean
    UnloadParcel unloadParcel(Shelf shelf, Script script) {
        return new UnloadParcel(shelf, script);
    }

    @Bean
    ParcelSeen parcelSeen(Shelf shelf, Script script) {
        return new ParcelSeen(shelf, script);
    }

    @Bean
    BatchHandler batch(Shelf shelf, Script script) {
        return new BatchHandler() {
            @Override
            public Set<String> topics() {
                return script.batchTopics();
            }

            @Override
            public void handle(List<Message> messages) {
                for (Message message : messages) {
                    shelf.put(message.envelope().sagaId(), message.envelope().step(), null, message.envelope().messageId());
                }
                script.batch(messages);
            }
        };
    }

    @Bean
    RawBatchHandler raw(Shelf shelf, Script script) {
        return new RawBatchHandler() {
            @Override
            public Set<String> topics() {
                return Set.of(RAW);
            }

            @Override
            public void handle(List<ConsumerRecord<byte[], byte[]>> records) {
                for (var record : records) {
                    shelf.put(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8), "RAW", null, null);
                }
            }
        };
    }

    /** The rows that handlers leave. */
    record Shelf(JdbcTemplate jdbc) {
        void put(String sagaId, String step, @Nullable Integer attempt, @Nullable String note) {
            jdbc.update(
                    "INSERT INTO parcel (saga_id, step, attempt, note) VALUES (?, ?, ?, ?)", sagaId, step, attempt, note);
        }

        void put(Command<Parcel> command) {
            put(command.sagaId(), command.step(), command.attempt(), command.payload().parcelId());
        }
    }

    @Handles(
            topic = SEND,
            type = "ParcelSend",
            success = @Handles.Reply(topic = SENT, type = "ParcelSent"),
            failure = @Handles.Reply(topic = FAILED, type = "ParcelSendFailed"))
    record SendParcel(Shelf shelf, Script script) implements CommandHandler<Parcel> {
        @Override
        public Outcome handle(Command<Parcel> command) {
            shelf.put(command);
            return script.command(command);
        }
    }

    @Handles(
            topic = RETURN,
            type = "ParcelReturn",
            success = @Handles.Reply(topic = RETURNED, type = "ParcelReturned"),
            failure = @Handles.Reply(topic = FAILED, type = "ParcelReturnFailed"),
            compensates = "SEND_PARCEL")
    record ReturnParcel(Shelf shelf, Script script) implements CommandHandler<Parcel> {
        @Override
        public Outcome handle(Command<Parcel> command) {
            shelf.put(command);
            return script.command(command);
        }
    }

    @Handles(
            topic = CARRY,
            type = "ParcelCarry",
            success = @Handles.Reply(topic = CARRIED, type = "ParcelCarried"),
            failure = @Handles.Reply(topic = FAILED, type = "ParcelCarryFailed"))
    record CarryParcel(Shelf shelf, Script script) implements LongCommandHandler<Parcel> {
        @Override
        public Outcome run(Command<Parcel> command, Work work) throws Exception {
            Outcome outcome = script.work(command, work);
            return outcome instanceof Outcome.Success success
                    ? success.inTransaction(() -> shelf.put(command))
                    : outcome;
        }
    }

    @Handles(
            topic = UNLOAD,
            type = "ParcelUnload",
            success = @Handles.Reply(topic = UNLOADED, type = "ParcelUnloaded"),
            failure = @Handles.Reply(topic = FAILED, type = "ParcelUnloadFailed"),
            compensates = "CARRY_PARCEL")
    record UnloadParcel(Shelf shelf, Script script) implements LongCommandHandler<Parcel> {
        @Override
        public Outcome run(Command<Parcel> command, Work work) throws Exception {
            Outcome outcome = script.work(command, work);
            return outcome instanceof Outcome.Success success
                    ? success.inTransaction(() -> shelf.put(command))
                    : outcome;
        }
    }

    @HandlesEvent(topic = SEEN, type = "ParcelSeen")
    record ParcelSeen(Shelf shelf, Script script) implements EventHandler<Parcel> {
        @Override
        public void handle(Event<Parcel> event) {
            shelf.put(event.sagaId(), event.step(), null, event.messageId());
            script.event(event);
        }
    }
}
