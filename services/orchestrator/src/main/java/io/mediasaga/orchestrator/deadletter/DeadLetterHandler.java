package io.mediasaga.orchestrator.deadletter;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.messaging.RawBatchHandler;
import io.mediasaga.messaging.config.MessagingProperties;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Collects the dead letters of all participants, and its own. */
@Component
class DeadLetterHandler implements RawBatchHandler {

    private final DefinitionCatalog catalog;
    private final DeadLetterStore store;
    private final String ownTopic;

    DeadLetterHandler(DefinitionCatalog catalog, DeadLetterStore store, MessagingProperties messaging) {
        this.catalog = catalog;
        this.store = store;
        this.ownTopic = SagaDefinition.deadLetterTopic(messaging.service());
    }

    @Override
    public Set<String> topics() {
        var topics = new HashSet<>(catalog.deadLetterTopics());
        topics.add(ownTopic);
        return topics;
    }

    @Override
    public void handle(List<ConsumerRecord<byte[], byte[]>> records) {
        store.keep(records.stream().map(FoundRecord::of).toList());
    }
}
