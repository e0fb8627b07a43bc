package io.mediasaga.operator.cluster;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;

/** Resource definitions: ours, Strimzi's from its own generator, those of others as they publish them. */
public final class Crds {

    private Crds() {}

    public static void mediaSaga(KubernetesClient client) {
        apply(client, read(Path.of("../crds/mediasagas.mediasaga.io-v1.yaml")));
    }

    public static void strimzi(KubernetesClient client) {
        apply(client, generated("topic.KafkaTopic"));
        apply(client, generated("user.KafkaUser"));
    }

    public static void externalSecrets(KubernetesClient client) {
        apply(client, resource("externalsecrets.external-secrets.io"));
    }

    public static void monitoring(KubernetesClient client) {
        apply(client, resource("podmonitors.monitoring.coreos.com"));
        apply(client, resource("prometheusrules.monitoring.coreos.com"));
    }

    /** Grafana's, as far as its form matters: it takes whatever stands in the spec. */
    public static void grafana(KubernetesClient client) {
        apply(client, """
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: grafanadashboards.grafana.integreatly.org}
                spec:
                  group: grafana.integreatly.org
                  names: {kind: GrafanaDashboard, listKind: GrafanaDashboardList, plural: grafanadashboards, singular: grafanadashboard}
                  scope: Namespaced
                  versions:
                    - name: v1beta1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """);
    }

    /** What Strimzi's Maven artifacts generate; the generator is a program of its own. */
    private static String generated(String name) {
        try {
            Path file = Files.createTempFile("strimzi", ".yaml");
            Process generator = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                            "-cp", System.getProperty("java.class.path"), "io.strimzi.crdgenerator.CrdGenerator", "--yaml",
                            "io.strimzi.api.kafka.model." + name + "=" + file)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(generator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (generator.waitFor() != 0) {
                throw new IllegalStateException("Strimzi's generator fails: " + said);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Crds.class.getResourceAsStream("/crds/" + name + ".yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void apply(KubernetesClient client, String yaml) {
        CustomResourceDefinition crd =
                client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
        var resource = client.apiextensions().v1().customResourceDefinitions();
        resource.resource(crd).fieldManager("test").forceConflicts().serverSideApply();
        Awaitility.await(crd.getMetadata().getName())
                .until(() -> resource.withName(crd.getMetadata().getName()).get().getStatus() != null
                        && resource.withName(crd.getMetadata().getName()).get().getStatus().getConditions().stream()
                                .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True")));
    }
}
