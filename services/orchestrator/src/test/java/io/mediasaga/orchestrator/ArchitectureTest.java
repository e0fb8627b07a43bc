package io.mediasaga.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "io.mediasaga.orchestrator", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_ENGINE_IS_PURE = classes()
            .that().resideInAPackage("..engine..")
            .should().onlyDependOnClassesThat().resideInAnyPackage(
                    "java.lang..", "java.util..", "java.time..", "org.jspecify..", "tools.jackson..",
                    "com.fasterxml.jackson.annotation..", "io.mediasaga.crd..", "io.mediasaga.messaging",
                    "io.mediasaga.orchestrator.engine..");

    @ArchTest
    static final ArchRule NOTHING_READS_THE_CLOCK_IN_THE_ENGINE = noClasses()
            .that().resideInAPackage("..engine..")
            .should().callMethod(java.time.Instant.class, "now")
            .orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule NO_OTHER_SERVICE_IS_KNOWN = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage(
                    "io.mediasaga.media..", "io.mediasaga.quota..", "io.mediasaga.ingest..", "io.mediasaga.processing..",
                    "io.mediasaga.publish..", "io.mediasaga.storage..", "io.mediasaga.standalone..", "io.fabric8..");

    @Test
    void noNameOfThePublishingSagaStandsInTheCode() throws IOException {
        Path sample = Path.of("../../k8s/samples/publish-media-asset.yaml");
        SagaDefinition definition = SagaDefinitions.load(Files.readString(sample), sample.toString());
        Set<String> names = new HashSet<>(definition.commandTopics());
        names.addAll(definition.replyTopics());
        definition.steps().forEach(step -> names.addAll(List.of(step.wireName(), "\"" + step.name() + "\"", step.success().type())));
        definition.participants().forEach(participant -> names.add("\"" + participant + "\""));
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(names);
            }
        }
    }
}
