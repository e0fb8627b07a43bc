package io.mediasaga.orchestrator.engine;

import io.mediasaga.crd.definition.PayloadField;
import io.mediasaga.crd.definition.ResolvedCommand;
import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaField;
import io.mediasaga.messaging.Json;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes the messages that a saga sends. */
final class Messages {

    /** What stands in the envelope's {@code step} of an event that concerns the whole saga. */
    private static final String WHOLE_SAGA = "SAGA";

    private Messages() {}

    /** The command of the attempt that the saga is at. */
    static Outgoing command(Draft saga) {
        ResolvedCommand command = Objects.requireNonNull(saga.command(), "only called for what has a command");
        ResolvedStep step = saga.step();
        Activity at = saga.current();
        return new Outgoing(
                command.topic(),
                command.type(),
                at.compensation() ? saga.compensation().wireName() : step.wireName(),
                at.attempt(),
                at.compensation() ? step.wireName() : null,
                payload(saga, command));
    }

    private static String payload(Draft saga, ResolvedCommand command) {
        ObjectNode payload = Data.empty();
        for (PayloadField field : command.payload()) {
            JsonNode value =
                    switch (field) {
                        case PayloadField.OfData of -> saga.data.get(of.field());
                        case PayloadField.OfSaga of -> known(saga, of.field());
                    };
            Data.put(payload, field.as(), value);
        }
        return Json.write(payload);
    }

    private static @Nullable JsonNode known(Draft saga, SagaField field) {
        String value =
                switch (field) {
                    case ID -> saga.before.id();
                    case REASON -> saga.reason;
                    case FAILED_STEP -> saga.failedStep;
                    case DEADLINE -> saga.deadline.toString();
                    case REQUEST_ID -> saga.before.requestId();
                };
        return value == null ? null : JsonNodeFactory.instance.stringNode(value);
    }

    /** Tells everybody that the saga has ended. */
    static Outgoing ended(Draft saga) {
        boolean completed = saga.status == SagaStatus.COMPLETED;
        ObjectNode payload = Data.empty();
        payload.put("definition", saga.definition.name());
        payload.put("outcome", saga.status.name());
        if (saga.reason != null) {
            payload.put("reason", saga.reason);
        }
        if (saga.failedStep != null) {
            payload.put("failed_step", saga.failedStep);
        }
        return new Outgoing(
                completed ? SagaDefinition.COMPLETED_TOPIC : SagaDefinition.COMPENSATED_TOPIC,
                completed ? SagaDefinition.COMPLETED_TYPE : SagaDefinition.COMPENSATED_TYPE,
                WHOLE_SAGA,
                null,
                null,
                Json.write(payload));
    }
}
