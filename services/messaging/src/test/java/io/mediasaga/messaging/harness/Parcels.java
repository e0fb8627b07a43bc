package io.mediasaga.messaging.harness;

import io.mediasaga.messaging.BatchCommandHandler;
import io.mediasaga.messaging.BatchEventHandler;
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
import java.util.function.Consumer;
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
    public static final String WEIGH = "commands.parcel.weigh";
    public static final String UNWEIGH = "commands.parcel.unweigh";
    public static final String WEIGHED = "events.parcel.weighed";
    public static final String PACKED = "events.parcel.packed";
    public static final String RAW = "events.parcel.raw";

    /** Every topic that the service takes part in, its dead letters apart. */
    public static final List<String> TOPICS =
            List.of(SEND, RETURN, CARRY, UNLOAD, SENT, RETURNED, CARRIED, UNLOADED, FAILED, SEEN, BATCH, RAW, WEIGH, UNWEIGH, WEIGHED, PACKED);

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
    WeighParcels weighParcels(Shelf shelf, Script script) {
        return new WeighParcels(shelf, script);
    }

    @Bean
    UnweighParcel unweighParcel(Shelf shelf, Script script) {
        return new UnweighParcel(shelf, script);
    }

    @Bean
    ParcelsPacked parcelsPacked(Shelf shelf, Script script) {
        return new ParcelsPacked(shelf, script);
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
            topic = WEIGH,
            type = "ParcelWeigh",
            success = @Handles.Reply(topic = WEIGHED, type = "ParcelWeighed"),
            failure = @Handles.Reply(topic = FAILED, type = "ParcelWeighFailed"))
    record WeighParcels(Shelf shelf, Script script) implements BatchCommandHandler<Parcel> {
        @Override
        public List<Outcome> handle(List<Command<Parcel>> commands) {
            script.together(commands.stream().map(Command::sagaId).toList());
            return Script.named(commands, command -> {
                shelf.put(command);
                return script.command(command);
            });
        }
    }

    @Handles(
            topic = UNWEIGH,
            type = "ParcelUnweigh",
            success = @Handles.Reply(topic = WEIGHED, type = "ParcelUnweighed"),
            failure = @Handles.Reply(topic = FAILED, type = "ParcelUnweighFailed"),
            compensates = "WEIGH_PARCEL")
    record UnweighParcel(Shelf shelf, Script script) implements BatchCommandHandler<Parcel> {
        @Override
        public List<Outcome> handle(List<Command<Parcel>> commands) {
            return Script.named(commands, command -> {
                shelf.put(command);
                return script.command(command);
            });
        }
    }

    @HandlesEvent(topic = PACKED, type = "ParcelPacked")
    record ParcelsPacked(Shelf shelf, Script script) implements BatchEventHandler<Parcel> {
        @Override
        public void handle(List<Event<Parcel>> events) {
            script.together(events.stream().map(Event::messageId).toList());
            Script.named(events, event -> {
                shelf.put(event.sagaId(), event.step(), null, event.messageId());
                script.event(event);
                return event;
            });
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
    static final class CarryParcel implements LongCommandHandler<Parcel> {
        private final Script script;
        private final Consumer<List<Command<Parcel>>> writer;

        CarryParcel(Shelf shelf, Script script) {
            this.script = script;
            this.writer = commands -> {
                script.together(commands.stream().map(Command::sagaId).toList());
                commands.forEach(shelf::put);
            };
        }

        @Override
        public Outcome run(Command<Parcel> command, Work work) throws Exception {
            return written(script.work(command, work), command);
        }

        @Override
        public @Nullable Outcome atOnce(Command<Parcel> command) throws Exception {
            Outcome outcome = script.atOnce(command);
            return outcome == null ? null : written(outcome, command);
        }

        private Outcome written(Outcome outcome, Command<Parcel> command) {
            return outcome instanceof Outcome.Success success ? success.inTransaction(writer, command) : outcome;
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
