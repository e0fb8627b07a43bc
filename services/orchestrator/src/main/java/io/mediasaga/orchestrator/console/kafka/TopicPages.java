package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.orchestrator.definition.DefinitionCatalog;
import io.mediasaga.orchestrator.definition.VersionKey;
import io.mediasaga.orchestrator.query.SagaQueries;
import io.mediasaga.orchestrator.query.SagaView;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Role;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Topics with their readers, and messages. */
@Controller
@Needs(Role.VIEWER)
class TopicPages {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    private static final Duration EARLIER = Duration.ofSeconds(5);
    private static final int MOST_OF_A_SAGA = 200;

    private final KafkaReader kafka;
    private final MessageReader messages;
    private final SagaQueries sagas;
    private final DefinitionCatalog catalog;

    TopicPages(KafkaReader kafka, MessageReader messages, SagaQueries sagas, DefinitionCatalog catalog) {
        this.kafka = kafka;
        this.messages = messages;
        this.sagas = sagas;
        this.catalog = catalog;
    }

    @GetMapping("/console/topics")
    String list(Model model) {
        model.addAttribute("kafka", kafka.overview());
        return "topics";
    }

    @GetMapping("/console/topics/live")
    String listAgain(Model model) {
        list(model);
        return "topics :: live";
    }

    @GetMapping("/console/topics/{topic}")
    String one(
            @PathVariable String topic,
            @RequestParam(required = false) @Nullable Integer partition,
            @RequestParam(defaultValue = "end") String from,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String key,
            @RequestParam(required = false) @Nullable String saga,
            @RequestParam(defaultValue = "50") int most,
            Model model) {
        if (!NAME.matcher(topic).matches()) {
            throw new ProblemException(HttpStatus.NOT_FOUND, "TOPIC_NOT_FOUND", "Kafka has no topic of that name.");
        }
        Browse browse = new Browse(partition, from, at, key, saga, most);
        model.addAttribute("topic", kafka.topic(topic)).addAttribute("browse", browse);
        model.addAttribute("found", browse.unclear() ? null : messages.browse(topic, browse));
        return "topic";
    }

    /** Every command and answer of a saga. */
    @GetMapping("/console/sagas/{id}/messages")
    String ofSaga(@PathVariable String id, Model model) {
        SagaView saga = sagas.find(id).orElseThrow(() -> new ProblemException(
                HttpStatus.NOT_FOUND, "SAGA_NOT_FOUND", "There is no saga %s.".formatted(id)));
        var key = new VersionKey(saga.namespace(), saga.definition(), saga.definitionVersion());
        SagaDefinition definition = catalog.pinned(key).definition();
        Set<String> topics = new TreeSet<>(definition.sentTopics());
        topics.addAll(definition.replyTopics());
        model.addAttribute("found", messages.ofSaga(topics, id, saga.startedAt().minus(EARLIER), MOST_OF_A_SAGA));
        model.addAttribute("sagaId", id);
        return model.getAttribute("part") == Boolean.TRUE ? "messages :: list" : "messages";
    }
}
