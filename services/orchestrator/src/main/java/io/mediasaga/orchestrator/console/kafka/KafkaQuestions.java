package io.mediasaga.orchestrator.console.kafka;

import io.mediasaga.web.ProblemException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Questions to Kafka, each with an end to the patience. */
@Component
class KafkaQuestions {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_TOPICS = 2000;
    private static final int MOST_GROUPS = 200;

    private final Admin admin;

    KafkaQuestions(Admin admin) {
        this.admin = admin;
    }

    /** The topics that are not Kafka's own. */
    Map<String, TopicDescription> topics() {
        List<String> names = get(admin.listTopics().names()).stream().sorted().limit(MOST_TOPICS).toList();
        return get(admin.describeTopics(names).allTopicNames());
    }

    /** @throws ProblemException 404 when there is no such topic */
    TopicDescription topic(String name) {
        return get(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
    }

    Map<String, ConsumerGroupDescription> groups(Collection<String> groups) {
        return get(admin.describeConsumerGroups(groups).all());
    }

    Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> wanted =
                partitions.stream().collect(Collectors.toMap(Function.identity(), each -> which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(wanted).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    /** Where each group is in what it reads. */
    Map<String, Map<TopicPartition, OffsetAndMetadata>> readOffsets() {
        List<String> groups = get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).valid()).stream()
                .map(GroupListing::groupId)
                .sorted()
                .limit(MOST_GROUPS)
                .toList();
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> wanted =
                groups.stream().collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        Map<String, Map<TopicPartition, OffsetAndMetadata>> read = new TreeMap<>();
        get(admin.listConsumerGroupOffsets(wanted).all()).forEach((group, offsets) -> {
            Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>(offsets);
            known.values().removeIf(Objects::isNull);
            read.put(group, known);
        });
        return read;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException || e.getCause() instanceof InvalidTopicException) {
                throw new ProblemException(HttpStatus.NOT_FOUND, "TOPIC_NOT_FOUND", "Kafka has no topic of that name.");
            }
            if (e.getCause() instanceof AuthorizationException refused) {
                throw new ProblemException(
                        HttpStatus.FORBIDDEN, "KAFKA_REFUSES",
                        "Kafka does not let the orchestrator look: its user needs DESCRIBE on topics and groups, and READ on topics. "
                                + refused.getMessage());
            }
            throw away(e);
        } catch (TimeoutException e) {
            throw away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away(e);
        }
    }

    static ProblemException away(Exception cause) {
        var problem = new ProblemException(
                HttpStatus.SERVICE_UNAVAILABLE, "KAFKA_UNAVAILABLE",
                "Kafka does not answer. Messages wait in the outboxes meanwhile; look at the page of health.");
        problem.addSuppressed(cause);
        return problem;
    }
}
