package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.embedded.EmbeddedKafka;
import io.mediasaga.embedded.KafkaOptions;
import io.mediasaga.operator.kafka.DirectTopics;
import io.mediasaga.operator.kafka.TopicState;
import io.mediasaga.operator.model.TopicPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics by the admin client, on a real broker. */
class DirectTopicsTest {

    @TempDir
    static Path folder;

    private static EmbeddedKafka kafka;
    private static Admin admin;
    private final DirectTopics topics = new DirectTopics(Map.of());

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(KafkaOptions.in(folder));
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        kafka.close();
    }

    @Test
    void makesWhatIsMissingAndChangesNothingTheSecondTime() throws Exception {
        TopicPlan plan = new TopicPlan("events.made", 3, 1, Map.of("retention.ms", "60000"));
        assertThat(topics.ensure(kafka.bootstrapServers(), List.of(plan), true).ready()).isEqualTo(1);
        TopicState again = topics.ensure(kafka.bootstrapServers(), List.of(plan), true);
        assertThat(again.problems()).isEmpty();
        assertThat(again.partitions()).containsEntry("events.made", 3);
        assertThat(config("events.made", "retention.ms")).isEqualTo("60000");
    }

    @Test
    void putsConfigurationRightAndAddsPartitionsOnlyWhenItMay() throws Exception {
        admin.createTopics(List.of(new NewTopic("events.there", 1, (short) 1).configs(Map.of("retention.ms", "5")))).all().get();
        TopicPlan plan = new TopicPlan("events.there", 2, 1, Map.of("retention.ms", "70000"));
        assertThat(topics.ensure(kafka.bootstrapServers(), List.of(plan), false).partitions()).containsEntry("events.there", 1);
        assertThat(topics.ensure(kafka.bootstrapServers(), List.of(plan), false).partitions()).containsEntry("events.there", 1);
        assertThat(topics.ensure(kafka.bootstrapServers(), List.of(plan), true).problems()).isEmpty();
        assertThat(config("events.there", "retention.ms")).isEqualTo("70000");
        assertThat(topics.ensure(kafka.bootstrapServers(), List.of(plan), false).partitions()).containsEntry("events.there", 2);
    }

    @Test
    void saysWhatItCannotDo() {
        TopicState state = topics.ensure(
                kafka.bootstrapServers(),
                List.of(new TopicPlan("events.too.many", 1, 3, Map.of()), new TopicPlan("events.fine", 1, 1, Map.of())), true);
        assertThat(state.ready()).isEqualTo(1);
        assertThat(state.problems().get("events.too.many")).contains("cannot be created");
    }

    @Test
    void removesTopicsAndBearsThatTheyAreGone() throws Exception {
        topics.ensure(kafka.bootstrapServers(), List.of(new TopicPlan("events.gone", 1, 1, Map.of())), true);
        topics.delete(kafka.bootstrapServers(), List.of("events.gone", "events.never"));
        // The broker hears of it from the controller a little later.
        Awaitility.await().untilAsserted(() -> assertThat(admin.listTopics().names().get()).doesNotContain("events.gone"));
    }

    @Test
    void saysWhereKafkaShouldBe() {
        DirectTopics impatient =
                new DirectTopics(Map.of("request.timeout.ms", "500", "default.api.timeout.ms", "1000"));
        TopicState state = impatient.ensure("127.0.0.1:1", List.of(new TopicPlan("t", 1, 1, Map.of())), true);
        assertThat(state.unreachable()).first().asString().contains("127.0.0.1:1", "spec.kafka.bootstrapServers");
        impatient.close();
    }

    private static String config(String topic, String key) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(key).value();
    }
}
