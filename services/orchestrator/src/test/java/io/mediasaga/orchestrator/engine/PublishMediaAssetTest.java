package io.mediasaga.orchestrator.engine;

import static io.mediasaga.orchestrator.engine.SagaScenario.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.crd.definition.ResolvedStep;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample definition as it is shipped, with a refusal and a timeout at each of its steps. */
class PublishMediaAssetTest {

    private static final SagaDefinition DEFINITION = load(Path.of("../../k8s/samples/publish-media-asset.yaml"));
    private static final String DATA = """
            {"asset_id":"a1","owner_id":"o1","title":"A clip","file_name":"clip.mp4","content_type":"video/mp4","size_bytes":1000}""";

    private static SagaDefinition load(Path file) {
        try {
            return SagaDefinitions.load(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static IntStream steps() {
        return IntStream.range(0, DEFINITION.steps().size());
    }

    @Test
    void publishes() {
        SagaScenario saga = upTo(DEFINITION.steps().size());
        saga.expect().completed();
        assertThat(saga.state().data().get("source_uri").asString()).isEqualTo("uploads/a1");
    }

    @Test
    void anUploadThatIsReportedBeforeItsPreparationIsNotLost() {
        upTo(2).expect().command("IngestPrepare")
                .andGiven().reply("WAIT_FILE_UPLOADED", true, null, "{\"source_uri\":\"uploads/a1\"}")
                .expect().nothing()
                .successReply()
                .expect().command("ProcessingStart").with("source_uri", "uploads/a1");
    }

    @ParameterizedTest
    @MethodSource("steps")
    void aRefusalUndoesTheStepsBeforeOrWaitsAtThePointOfNoReturn(int failing) {
        ResolvedStep step = DEFINITION.steps().get(failing);
        SagaScenario saga = at(failing).reply(step.wireName(), false, null, "{\"reason\":\"It cannot be.\",\"retryable\":false}");
        if (step.pivot()) {
            saga.expect().held("It cannot be.").cancel();
        }
        undone(saga, failing - 1);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void silenceUndoesThatStepTooOrWaitsAtThePointOfNoReturn(int silent) {
        ResolvedStep step = DEFINITION.steps().get(silent);
        SagaScenario saga = at(silent).timePasses();
        for (int attempt = 2; attempt <= step.retry().attempts(); attempt++) {
            saga.timePasses().expect().command(step.command().type()).attempt(attempt).andGiven().timePasses();
        }
        if (step.pivot()) {
            saga.expect().held("did not answer").cancel();
        }
        undone(saga, silent);
    }

    private static void undone(SagaScenario saga, int from) {
        for (int i = from; i >= 0; i--) {
            var undo = DEFINITION.steps().get(i).compensation();
            if (undo != null) {
                saga.expect().command(undo.command().type()).to(undo.command().topic())
                        .undoing(DEFINITION.steps().get(i).wireName()).with("asset_id", "a1")
                        .andGiven().successReply();
            }
        }
        saga.expect().compensated("");
    }

    /** Every step before has succeeded; the command of this one has been sent. */
    private static SagaScenario at(int step) {
        SagaScenario saga = upTo(step);
        var command = DEFINITION.steps().get(step).command();
        return command == null ? saga : saga.expect().command(command.type()).to(command.topic()).andGiven();
    }

    private static SagaScenario upTo(int step) {
        SagaScenario saga = given(DEFINITION).start(DATA);
        for (int i = 0; i < step; i++) {
            var done = DEFINITION.steps().get(i);
            if (done.command() != null) {
                saga.expect().command(done.command().type()).to(done.command().topic()).with("asset_id", "a1");
            }
            saga.reply(done.wireName(), true, 1, "{\"source_uri\":\"uploads/a1\",\"output_uri\":\"out/a1\"}");
        }
        return saga;
    }
}
