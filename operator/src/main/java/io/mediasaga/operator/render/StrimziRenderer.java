package io.mediasaga.operator.render;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mediasaga.operator.model.Names;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.model.TopicPlan;
import io.mediasaga.operator.model.UserPlan;
import io.strimzi.api.kafka.model.topic.KafkaTopicBuilder;
import io.strimzi.api.kafka.model.user.KafkaUserBuilder;
import io.strimzi.api.kafka.model.user.acl.AclResourcePatternType;
import io.strimzi.api.kafka.model.user.acl.AclRule;
import io.strimzi.api.kafka.model.user.acl.AclRuleBuilder;
import io.strimzi.api.kafka.model.user.acl.StrimziAclOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Resources for Strimzi's topic and user operators. */
final class StrimziRenderer {

    private static final String CLUSTER = "strimzi.io/cluster";

    private StrimziRenderer() {}

    static List<HasMetadata> topics(Plan plan) {
        List<HasMetadata> topics = new ArrayList<>();
        for (TopicPlan topic : plan.topics()) {
            Map<String, Object> config = new TreeMap<>();
            topic.config().forEach((key, value) -> config.put(key, value.matches("[0-9]{1,18}") ? Long.valueOf(value) : value));
            topics.add(new KafkaTopicBuilder()
                    .withMetadata(Meta.free(plan, topic.resourceName())
                            .addToLabels(CLUSTER, plan.topology().kafka().cluster())
                            .build())
                    .withNewSpec()
                    .withTopicName(topic.name())
                    .withPartitions(topic.partitions())
                    .withReplicas(topic.replicas())
                    .withConfig(config)
                    .endSpec()
                    .build());
        }
        return topics;
    }

    static List<HasMetadata> users(Plan plan, boolean scram) {
        return plan.users().stream().map(user -> user(plan, user, scram)).toList();
    }

    private static HasMetadata user(Plan plan, UserPlan user, boolean scram) {
        var metadata = Meta.owned(plan, user.name())
                .addToLabels(CLUSTER, plan.topology().kafka().cluster());
        if (!user.name().equals(Names.ORCHESTRATOR_USER)) {
            metadata.addToLabels(Names.PARTICIPANT, user.name());
        }
        var spec = new KafkaUserBuilder().withMetadata(metadata.build()).withNewSpec();
        if (scram) {
            spec.withNewKafkaUserScramSha512ClientAuthentication().endKafkaUserScramSha512ClientAuthentication();
        }
        return spec.withNewKafkaUserAuthorizationSimple()
                .withAcls(rules(user))
                .endKafkaUserAuthorizationSimple()
                .endSpec()
                .build();
    }

    /** Nothing transactional: the library sends idempotently, for which the right to write is enough. */
    private static List<AclRule> rules(UserPlan user) {
        List<AclRule> rules = new ArrayList<>();
        var topics = new TreeSet<>(user.reads());
        topics.addAll(user.writes());
        for (String topic : topics) {
            List<StrimziAclOperation> operations = new ArrayList<>();
            operations.add(StrimziAclOperation.DESCRIBE);
            operations.add(StrimziAclOperation.DESCRIBECONFIGS);
            if (user.reads().contains(topic)) {
                operations.add(StrimziAclOperation.READ);
            }
            if (user.writes().contains(topic)) {
                operations.add(StrimziAclOperation.WRITE);
            }
            rules.add(new AclRuleBuilder()
                    .withNewAclRuleTopicResource()
                    .withName(topic)
                    .withPatternType(AclResourcePatternType.LITERAL)
                    .endAclRuleTopicResource()
                    .withOperations(operations)
                    .build());
        }
        rules.add(group(user.group(), AclResourcePatternType.LITERAL));
        rules.add(group(user.group() + ".", AclResourcePatternType.PREFIX));
        return rules;
    }

    private static AclRule group(String name, AclResourcePatternType type) {
        return new AclRuleBuilder()
                .withNewAclRuleGroupResource()
                .withName(name)
                .withPatternType(type)
                .endAclRuleGroupResource()
                .withOperations(StrimziAclOperation.READ)
                .build();
    }
}
