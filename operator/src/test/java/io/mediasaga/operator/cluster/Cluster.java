package io.mediasaga.operator.cluster;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One API server for all tests of a JVM, with every resource definition and the operator's rights. */
public final class Cluster implements ParameterResolver {

    /** What tests share. */
    public record Shared(ApiServer server, KubernetesClient admin) implements AutoCloseable {

        public Audit audit() {
            return new Audit(server.audit());
        }

        @Override
        public void close() {
            admin.close();
            server.close();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Shared.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent("cluster", key -> start(), Shared.class);
    }

    private static Shared start() {
        ApiServer server = ApiServer.start();
        KubernetesClient admin = server.admin();
        Crds.mediaSaga(admin);
        Crds.strimzi(admin);
        Crds.externalSecrets(admin);
        Crds.monitoring(admin);
        Crds.grafana(admin);
        namespace(admin, Rights.HOME);
        Rights.grant(admin);
        return new Shared(server, admin);
    }

    /** Makes a namespace. */
    public static void namespace(KubernetesClient admin, String name) {
        admin.namespaces()
                .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .createOr(existing -> existing.update());
    }
}
