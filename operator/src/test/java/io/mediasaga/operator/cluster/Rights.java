package io.mediasaga.operator.cluster;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The rules that the chart ships, and nothing else, for the operator of a test. */
public final class Rights {

    /** Where its lease is. */
    public static final String HOME = "mediasaga-system";

    private static final Path FILES = Path.of("../charts/mediasaga/files");

    private Rights() {}

    /** The rules of its ClusterRole. */
    public static List<PolicyRule> rules(KubernetesClient client) {
        return read(client, "operator-rules.yaml");
    }

    /** Those of its Role at home. */
    public static List<PolicyRule> leaderRules(KubernetesClient client) {
        return read(client, "operator-leader-rules.yaml");
    }

    private static List<PolicyRule> read(KubernetesClient client, String file) {
        try {
            String text = Files.readString(FILES.resolve(file));
            return Arrays.asList(client.getKubernetesSerialization().unmarshal(text, PolicyRule[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Grants them. */
    public static void grant(KubernetesClient admin) {
        admin.rbac().clusterRoles().resource(new ClusterRoleBuilder()
                        .withNewMetadata().withName("operator").endMetadata()
                        .withRules(rules(admin))
                        .build())
                .createOr(existing -> existing.update());
        admin.rbac().clusterRoleBindings().resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata().withName("operator").endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "operator")
                        .addNewSubject("", "ServiceAccount", "operator", HOME)
                        .build())
                .createOr(existing -> existing.update());
        admin.rbac().roles().inNamespace(HOME).resource(new RoleBuilder()
                        .withNewMetadata().withName("operator").withNamespace(HOME).endMetadata()
                        .withRules(leaderRules(admin))
                        .build())
                .createOr(existing -> existing.update());
        admin.rbac().roleBindings().inNamespace(HOME).resource(new RoleBindingBuilder()
                        .withNewMetadata().withName("operator").withNamespace(HOME).endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "operator")
                        .addNewSubject("", "ServiceAccount", "operator", HOME)
                        .build())
                .createOr(existing -> existing.update());
    }
}
