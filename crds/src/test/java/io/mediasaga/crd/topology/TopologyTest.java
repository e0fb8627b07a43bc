package io.mediasaga.crd.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.definition.SagaParser;
import io.mediasaga.crd.v1alpha1.KafkaManagement;
import io.mediasaga.crd.v1alpha1.SecretStoreKind;
import io.mediasaga.crd.v1alpha1.TopicDeletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyTest {

    @Test
    void whatIsNotSaidHasItsDefault() throws IOException {
        Topology topology = read("valid-least.yaml");
        assertThat(topology.suspended()).isFalse();
        assertThat(topology.secrets()).isNull();
        assertThat(topology.kafka())
                .isEqualTo(new KafkaSettings(
                        KafkaManagement.STRIMZI, "mediasaga", null, 12, 3, 2, Duration.ofDays(7), Duration.ofDays(30),
                        TopicDeletion.KEEP));
        ParticipantSettings participant = topology.participants().getFirst();
        assertThat(participant.port()).isEqualTo(8080);
        assertThat(participant.minReplicas()).isEqualTo(1);
        assertThat(participant.maxReplicas()).isEqualTo(3);
        assertThat(participant.cpuPercent()).isEqualTo(70);
        assertThat(participant.image()).isNull();
    }

    @Test
    void whatIsSaidStays() throws IOException {
        Topology topology = read("valid-everything.yaml");
        assertThat(topology.kafka().management()).isEqualTo(KafkaManagement.DIRECT);
        assertThat(topology.kafka().retention()).isEqualTo(Duration.ofDays(3));
        assertThat(topology.secrets())
                .isEqualTo(new SecretSettings("vault", SecretStoreKind.SECRET_STORE, "teams/media", Duration.ofSeconds(30)));
        ParticipantSettings orders = topology.participants().getFirst();
        assertThat(orders.maxReplicas()).isEqualTo(24);
        assertThat(orders.env()).isEqualTo(Map.of("LOG_LEVEL", "info", "EMPTY", ""));
    }

    private static Topology read(String file) throws IOException {
        String text = Files.readString(Path.of("src/test/resources/valid", file));
        return Topology.of(new SagaParser().parse(text, file).getFirst().spec());
    }
}
