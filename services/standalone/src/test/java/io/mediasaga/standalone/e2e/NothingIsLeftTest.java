package io.mediasaga.standalone.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Every step of the publishing saga fails, and is not answered in time, on the whole platform. Each time the saga ends as its
 * definition says and nothing is left over, neither then nor after its commands have come once more.
 */
@Timeout(900)
class NothingIsLeftTest {

    @TempDir
    static Path folder;

    static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(folder.resolve("data"), Map.of(
                "mediasaga.messaging.retry.backoff", "100ms"));
    }

    @AfterAll
    static void close() {
        if (stage != null) {
            stage.close();
        }
    }

    static Stream<Case> cases() {
        return Stream.concat(FailingSteps.all(), SlowSteps.all());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsTheDefinitionSaysWithNothingLeft(Case each) throws Exception {
        long from = System.nanoTime();
        Place.Begun begun = each.script().run(stage);
        JsonNode saga = awaitEnd(begun, each.end());
        assertThat(saga.path("reason").asString(saga.path("state").asString(""))).isNotBlank();
        awaitNothingLeft(begun, each.end());
        int late = new Commands(stage.kafka()).sendAgain(begun.sagaId());
        awaitNothingLeft(begun, each.end());
        System.out.printf("%s: %s after %.1f s, nothing left, nor after %d late commands. %s%n",
                each, each.end(), (System.nanoTime() - from) / 1e9, late, saga.path("reason").asString(""));
    }

    /** Of a saga that is held the late success may still be on its way. */
    private static JsonNode awaitEnd(Place.Begun begun, String end) {
        return await().pollInterval(Duration.ofMillis(50)).ignoreExceptions().until(
                () -> stage.saga(begun), saga -> saga.path("state").asString("").equals(end));
    }

    private static void awaitNothingLeft(Place.Begun begun, String end) {
        Leftovers leftovers = new Leftovers(stage);
        await().pollInterval(Duration.ofMillis(100)).untilAsserted(() ->
                assertThat(end.equals("COMPLETED") ? leftovers.ofCompleted(begun) : leftovers.ofCompensated(begun)).isEmpty());
    }

    @Test
    void everyStepHasItsCases() {
        List<String> steps = Variant.named("any").steps();
        assertThat(steps(FailingSteps.all())).containsExactlyElementsOf(steps);
        assertThat(steps(SlowSteps.all())).containsExactlyElementsOf(steps);
    }

    private static Set<String> steps(Stream<Case> cases) {
        return cases.map(Case::step).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
