package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mediasaga.operator.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus of wrong definitions on a real API server: what the schema and its rules can know, they refuse. */
@ExtendWith(Cluster.class)
class AdmissionTest {

    private static final Path CORPUS = Path.of("../crds/src/test/resources");
    private static final String NAMESPACE = "default";

    private KubernetesClient client;

    @BeforeEach
    void open(Cluster.Shared cluster) {
        client = cluster.admin();
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesWhatIsWrongUnlessItCannotKnow(Path file) throws IOException {
        String text = Files.readString(file);
        boolean accepts = text.lines().anyMatch(line -> line.equals("# admission: accepts"));
        if (accepts) {
            assertThat(dryRun(text)).isNotNull();
        } else {
            assertThatThrownBy(() -> dryRun(text))
                    .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode()).isIn(400, 404, 422));
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void takesWhatIsRight(Path file) throws IOException {
        assertThat(dryRun(Files.readString(file)).getMetadata().getName()).isNotBlank();
    }

    @Test
    void fillsInDefaults() throws IOException {
        GenericKubernetesResource least = dryRun(Files.readString(CORPUS.resolve("valid/valid-least.yaml"))
                .replace("spec:", "spec:\n  kafka: {}\n  secrets: {}"));
        assertThat(least.<Integer>get("spec", "kafka", "partitions")).isEqualTo(12);
        assertThat(least.<String>get("spec", "kafka", "management")).isEqualTo("Strimzi");
        assertThat(least.<String>get("spec", "secrets", "storeKind")).isEqualTo("ClusterSecretStore");
    }

    /** As kubectl would send it, with fields that nobody knows refused. */
    private GenericKubernetesResource dryRun(String text) {
        var map = client.getKubernetesSerialization().unmarshal(text, java.util.Map.class);
        String json = client.getKubernetesSerialization().asJson(map);
        Object version = map.get("apiVersion");
        String path = "/apis/" + version + "/namespaces/" + NAMESPACE + "/mediasagas?dryRun=All&fieldValidation=Strict";
        String answer = client.raw(path, "POST", withNamespace(json));
        return client.getKubernetesSerialization().unmarshal(answer, GenericKubernetesResource.class);
    }

    private static String withNamespace(String json) {
        return json.replace("\"namespace\":\"media\"", "\"namespace\":\"" + NAMESPACE + "\"");
    }

    private static Stream<Path> invalid() throws IOException {
        return files("invalid");
    }

    private static Stream<Path> valid() throws IOException {
        return files("valid");
    }

    private static Stream<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS.resolve(folder))) {
            return files.sorted().toList().stream();
        }
    }
}
