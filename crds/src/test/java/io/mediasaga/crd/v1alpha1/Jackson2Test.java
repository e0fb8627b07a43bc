package io.mediasaga.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The Kubernetes client, which has Jackson 2, reads and writes what everybody else, who has Jackson 3, does. */
class Jackson2Test {

    private static final Path SAMPLE = Path.of("../k8s/samples/publish-media-asset.yaml");

    @Test
    void bothReadTheSame() throws Exception {
        String yaml = Files.readString(SAMPLE);
        MediaSaga byClient = new KubernetesSerialization().unmarshal(yaml, MediaSaga.class);
        JsonNode tree = YAMLMapper.shared().readTree(yaml);

        assertThat(byClient.getMetadata().getName()).isEqualTo("publish-media-asset");
        assertThat(byClient.getSpec())
                .isEqualTo(YAMLMapper.shared().treeToValue(tree.path("spec"), MediaSagaSpec.class));
    }

    @Test
    void nothingIsLostOnTheWayBack() throws Exception {
        KubernetesSerialization client = new KubernetesSerialization();
        MediaSaga saga = client.unmarshal(Files.readString(SAMPLE), MediaSaga.class);
        JsonNode written = YAMLMapper.shared().readTree(client.asYaml(saga));

        assertThat(written.path("spec").at("/steps/6/onExhausted").stringValue()).isEqualTo("Hold");
        assertThat(YAMLMapper.shared().treeToValue(written.path("spec"), MediaSagaSpec.class))
                .isEqualTo(saga.getSpec());
    }
}
