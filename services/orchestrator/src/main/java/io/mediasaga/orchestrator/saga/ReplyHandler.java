package io.mediasaga.orchestrator.saga;

import io.mediasaga.messaging.BatchHandler;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.engine.Trigger;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Listens to what participants reply. */
@Component
class ReplyHandler implements BatchHandler {

    private static final Logger log = LoggerFactory.getLogger(ReplyHandler.class);

    private final Sagas sagas;
    private final DefinitionCatalog catalog;
    private final SagaMetrics metrics;

    ReplyHandler(Sagas sagas, DefinitionCatalog catalog, SagaMetrics metrics) {
        this.sagas = sagas;
        this.catalog = catalog;
        this.metrics = metrics;
    }

    @Override
    public Set<String> topics() {
        return catalog.replyTopics();
    }

    @Override
    public Set<String> sentTopics() {
        return catalog.sentTopics();
    }

    @Override
    public void handle(List<Message> messages) {
        List<Result> results = sagas.apply(messages.stream().map(ReplyHandler::input).toList());
        for (int i = 0; i < results.size(); i++) {
            metrics.reply(results.get(i));
            if (results.get(i) instanceof Result.Unknown) {
                Message message = messages.get(i);
                log.info(
                        "{} from {} is for saga {}, which nobody here has started: passed over",
                        message.envelope().type(), message.topic(), message.envelope().sagaId());
            }
        }
    }

    private static Sagas.Input input(Message message) {
        var envelope = message.envelope();
        return new Sagas.Input(
                envelope.sagaId(),
                new Trigger.Reply(
                        message.topic(), envelope.type(), envelope.step(), envelope.attempt(), envelope.payload()));
    }
}
