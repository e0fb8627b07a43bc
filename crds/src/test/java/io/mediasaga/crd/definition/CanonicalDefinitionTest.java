package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The hash by which sagas are pinned changes with what is run, and with nothing else. */
class CanonicalDefinitionTest {

    private static final String SAMPLE = Definitions.text(Definitions.SAMPLE);

    /** A change of this value orphans every definition that is stored: it must not come by accident. */
    @Test
    void staysTheSameFromReleaseToRelease() {
        assertThat(CanonicalDefinition.of(Definitions.load(Definitions.LEAST)).json()).isEqualTo("""
                {"data":{"maxBytes":65536},"deadline":"5m","name":"least","steps":[{"command":{"topic":\
                "commands.work.do","type":"WorkDo"},"name":"Work","nothingToUndo":"Work once done does no harm",\
                "onExhausted":"Compensate","participant":"worker","pivot":false,"retry":{"attempts":5,\
                "backoff":"1s","maxBackoff":"30s","multiplier":2.0},"success":{"topic":"events.work.done",\
                "type":"WorkDone"},"timeout":"30s","wireName":"WORK"}]}""");
    }

    @Test
    void hashIsSha256OfTheText() {
        assertThat(CanonicalDefinition.of(Definitions.load(Definitions.LEAST)).hash())
                .isEqualTo("be6d5b0266213dde70073fa41ea578330163151c23a26d484e6099f574886a9f");
    }

    @Test
    void ignoresFormatting() {
        assertThat(hash(YAMLMapper.shared().readTree(SAMPLE).toString())).isEqualTo(hash(SAMPLE));
        assertThat(hash("# Another comment\n" + SAMPLE.replace("26h", "'26h'"))).isEqualTo(hash(SAMPLE));
    }

    @Test
    void ignoresTheOrderOfFields() {
        assertThat(hash(reversed(YAMLMapper.shared().readTree(SAMPLE)).toString())).isEqualTo(hash(SAMPLE));
    }

    @Test
    void ignoresTheOrderOfSets() {
        assertThat(change("required: [owner_id, title,", "required: [title, owner_id,")).isEqualTo(hash(SAMPLE));
        assertThat(change("[public_path, watch_path, poster_path]}", "[poster_path, public_path, watch_path]}"))
                .isEqualTo(hash(SAMPLE));
    }

    @Test
    void ignoresHowADurationIsWritten() {
        assertThat(change("deadline: 26h", "deadline: 1d2h")).isEqualTo(hash(SAMPLE));
        assertThat(change("timeout: 2m\n", "timeout: 120s\n")).isEqualTo(hash(SAMPLE));
    }

    @Test
    void ignoresDefaultsWrittenOut() {
        assertThat(change("timeout: 2m\n", "timeout: 2m\n      onExhausted: Compensate\n      pivot: false\n"))
                .isEqualTo(hash(SAMPLE));
        assertThat(change("      retry: {attempts: 3, backoff: 5s}", "      retry: {attempts: 3, backoff: 5s, multiplier: 2.0}"))
                .isEqualTo(hash(SAMPLE));
    }

    @Test
    void ignoresWhatIsNotRun() {
        assertThat(change("  kafka: {management: Direct,", "  suspend: true\n  kafka: {management: Direct,"))
                .isEqualTo(hash(SAMPLE));
        assertThat(change("partitions: 12, replicas: 1", "partitions: 24, replicas: 5")).isEqualTo(hash(SAMPLE));
        assertThat(change("{name: quota,", "{name: quota, image: 'example/quota:2', port: 9000,")).isEqualTo(hash(SAMPLE));
        assertThat(change("secrets: {store: vault", "secrets: {store: other")).isEqualTo(hash(SAMPLE));
        assertThat(change("{name: publish-media-asset}", "{name: publish-media-asset, namespace: x, labels: {a: b}}"))
                .isEqualTo(hash(SAMPLE));
    }

    @Test
    void seesEverythingThatIsRun() {
        List<UnaryOperator<String>> changes = List.of(
                text -> text.replace("name: publish-media-asset", "name: publish"),
                text -> text.replace("deadline: 26h", "deadline: 27h"),
                text -> text.replace("optional: [sha256, profile]", "optional: [sha256, profile, note]"),
                text -> text.replace("keys: [asset_id, owner_id]", "keys: [asset_id]"),
                text -> text.replace("defaults: {timeout: 30s", "defaults: {timeout: 31s"),
                text -> text.replace("timeout: 2m", "timeout: 3m"),
                text -> text.replace("{attempts: 3, backoff: 5s}", "{attempts: 3, backoff: 6s}"),
                text -> text.replace("commands.publish.finalize", "commands.publish.finish"),
                text -> text.replace("type: PublishFinalize", "type: PublishFinish"),
                text -> text.replace("size_bytes as bytes", "size_bytes as size"),
                text -> text.replace("events.publish.succeeded", "events.publish.done"),
                text -> text.replace("[upload_id, upload_expires_at]", "[upload_id]"),
                text -> text.replace("name: CleanupPublish", "name: UndoPublish"),
                text -> text.replace("The file belongs", "The upload belongs"),
                text -> text.replace("onExhausted: Hold", "onExhausted: Compensate"));
        List<String> hashes = new ArrayList<>(List.of(hash(SAMPLE)));
        changes.forEach(change -> hashes.add(hash(change.apply(SAMPLE))));

        assertThat(hashes).doesNotHaveDuplicates();
    }

    @Test
    void seesTheOrderOfSteps() {
        ObjectNode tree = (ObjectNode) YAMLMapper.shared().readTree(SAMPLE);
        ArrayNode steps = (ArrayNode) tree.at("/spec/steps");
        steps.insert(1, steps.remove(0));

        assertThat(hash(tree.toString())).isNotEqualTo(hash(SAMPLE));
    }

    @Test
    void isReadBackAsItWas() {
        for (var file : List.of(Definitions.SAMPLE, Definitions.LEAST, Definitions.EVERYTHING)) {
            CanonicalDefinition written = CanonicalDefinition.of(Definitions.load(file));
            CanonicalDefinition read = CanonicalDefinition.read(written.json());

            assertThat(read.hash()).isEqualTo(written.hash());
            assertThat(CanonicalDefinition.of(read.definition())).isEqualTo(read);
        }
    }

    @Test
    void readsWhatALaterVersionAddedTo() {
        CanonicalDefinition written = CanonicalDefinition.of(Definitions.load(Definitions.LEAST));

        assertThat(CanonicalDefinition.read(written.json().replace("{\"data\"", "{\"later\":1,\"data\"")).definition())
                .isEqualTo(written.definition());
    }

    @Test
    void refusesWhatIsNoDefinition() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalDefinition.read("{\"steps\": 3}"));
    }

    private static String change(String from, String to) {
        assertThat(SAMPLE).contains(from);
        return hash(SAMPLE.replace(from, to));
    }

    private static String hash(String text) {
        return CanonicalDefinition.of(SagaDefinitions.load(text, "test")).hash();
    }

    private static JsonNode reversed(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode reversed = object.objectNode();
            new ArrayList<>(object.properties())
                    .reversed()
                    .forEach(field -> reversed.set(field.getKey(), reversed(field.getValue())));
            return reversed;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = array.arrayNode();
            array.forEach(element -> copy.add(reversed(element)));
            return copy;
        }
        return node;
    }
}
