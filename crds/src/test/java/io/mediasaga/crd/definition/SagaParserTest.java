package io.mediasaga.crd.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading: strict, and with words that help. */
class SagaParserTest {

    private final SagaParser parser = new SagaParser();

    @Test
    void readsYaml() {
        SagaDocument document = parse(Definitions.text(Definitions.EVERYTHING)).getFirst();

        assertThat(document.name()).isEqualTo("everything");
        assertThat(document.namespace()).isEqualTo("media");
        assertThat(document.spec().steps()).hasSize(4);
    }

    @Test
    void readsJson() {
        String json = """
                {"apiVersion": "mediasaga.io/v1alpha1", "kind": "MediaSaga", "metadata": {"name": "least"}, "spec": {
                  "deadline": "5m",
                  "participants": [{"name": "worker"}],
                  "steps": [{"name": "Work", "participant": "worker",
                    "command": {"topic": "commands.work.do", "type": "WorkDo"},
                    "success": {"topic": "events.work.done", "type": "WorkDone"},
                    "compensation": {"none": "Work once done does no harm"}}]}}
                """;

        assertThat(SagaDefinitions.load(json, "json")).isEqualTo(Definitions.load(Definitions.LEAST));
    }

    @Test
    void readsWhatKubernetesGivesBack() {
        String text = Definitions.text(Definitions.LEAST)
                .replace("{name: least}", "{name: least, uid: 1b4e, generation: 3, managedFields: [{manager: kubectl}]}");

        assertThat(parse(text + "status: {observedGeneration: 3, conditions: []}\n").getFirst().name())
                .isEqualTo("least");
    }

    @Test
    void readsSeveralDocuments() {
        String text = "---\n" + Definitions.text(Definitions.LEAST) + "---\n" + Definitions.text(Definitions.EVERYTHING)
                + "---\n";

        assertThat(parse(text)).extracting(SagaDocument::name).containsExactly("least", "everything");
    }

    @Test
    void tellsLinesOfTheSecondDocument() {
        String least = Definitions.text(Definitions.LEAST);
        String text = least + "---\n" + least.replace("deadline: 5m", "deadline: soon");

        assertThat(parse(text).getLast().violations())
                .extracting(Violation::path, Violation::line)
                .containsExactly(tuple("spec.deadline", 6 + 14));
    }

    @Test
    void loadsOneAtATime() {
        String least = Definitions.text(Definitions.LEAST);

        assertThatExceptionOfType(InvalidDefinitionException.class)
                .isThrownBy(() -> SagaDefinitions.load(least + "---\n" + least, "two.yaml"))
                .withMessageContaining("two.yaml")
                .withMessageContaining("holds 2 documents");
    }

    @Test
    void tellsEverythingAtOnce() {
        InvalidDefinitionException error = failure("""
                apiVersion: mediasaga.io/v1alpha1
                kind: MediaSaga
                metadata: {name: x}
                spec:
                  deadline: 26
                  participants:
                    - {nam: media}
                  steps: {}
                """);

        assertThat(error.violations())
                .extracting(Violation::path, Violation::line)
                .containsExactly(
                        tuple("spec.deadline", 5),
                        tuple("spec.participants[0].nam", 7),
                        tuple("spec.steps", 8));
        assertThat(error).hasMessageStartingWith("test.yaml is no valid MediaSaga (3 problems):\n  spec.deadline (line 5)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   \n", "# nothing\n", "---\n---\n", "null\n"})
    void refusesNothing(String text) {
        assertThat(failure(text)).hasMessageContaining("write a document of kind MediaSaga");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "text", "42", "\"quoted\""})
    void refusesWhatIsNoObject(String text) {
        assertThat(failure(text)).hasMessageContaining("line 1: is no object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a: [1,\nb: }", "a: b\n  c: d", "a: \"open", "a: 1\n\tb: 2", "{\"a\": ", "a: @b", "a: &x\n  b: *y"})
    void refusesWhatIsNotWellFormed(String text) {
        assertThat(failure(text).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.line()).isBetween(1, 3);
            assertThat(violation.problem()).isNotBlank().doesNotContain("\n");
        });
    }

    @Test
    void refusesAFieldGivenTwice() {
        String text = Definitions.text(Definitions.LEAST).replace("  deadline: 5m\n", "  deadline: 5m\n  deadline: 6m\n");

        assertThat(failure(text)).hasMessageContaining("line 7").hasMessageContaining("deadline");
    }

    @Test
    void refusesAliases() {
        String text = Definitions.text(Definitions.LEAST)
                .replace("type: WorkDo}", "type: &type WorkDo}")
                .replace("type: WorkDone}", "type: *type}");

        assertThat(failure(text)).hasMessageContaining("spec.steps[0].success.type (line 12): is a YAML alias");
    }

    @Test
    void refusesWhatIsTooLong() {
        assertThat(failure("#".repeat(SagaParser.MAX_LENGTH + 1))).hasMessageContaining("at most 1500000 are read");
    }

    @Test
    void bearsDepthWithoutOverflow() {
        assertThat(failure("a: " + "[".repeat(5_000) + "]".repeat(5_000)).violations()).isNotEmpty();
    }

    @Test
    void suggestsTheFieldThatWasMeant() {
        String text = Definitions.text(Definitions.LEAST).replace("      success:", "      sucess:");

        assertThat(failure(text)).hasMessageContaining("is no known field; did you mean success?");
    }

    private List<SagaDocument> parse(String text) {
        return parser.parse(text, "test.yaml");
    }

    private InvalidDefinitionException failure(String text) {
        return catchThrowableOfType(InvalidDefinitionException.class, () -> parse(text));
    }
}
