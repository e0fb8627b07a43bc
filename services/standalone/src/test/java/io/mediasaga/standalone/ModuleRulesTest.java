package io.mediasaga.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Modules depend inwards only. */
@AnalyzeClasses(packages = "io.mediasaga", importOptions = DoNotIncludeTests.class)
class ModuleRulesTest {

    private static final String[] SERVICES = {
        "io.mediasaga.orchestrator..",
        "io.mediasaga.media..",
        "io.mediasaga.quota..",
        "io.mediasaga.ingest..",
        "io.mediasaga.processing..",
        "io.mediasaga.publish.."
    };
    private static final String[] PARTICIPANTS = {
        "io.mediasaga.media..", "io.mediasaga.quota..", "io.mediasaga.ingest..", "io.mediasaga.processing..", "io.mediasaga.publish.."
    };

    @ArchTest
    static final ArchRule nothingDependsOnAServiceButStandalone = classes()
            .that()
            .resideInAnyPackage(SERVICES)
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage(with(SERVICES, "io.mediasaga.standalone.."));

    @ArchTest
    static final ArchRule servicesDoNotKnowEachOther =
            slices().matching("io.mediasaga.(orchestrator|media|quota|ingest|processing|publish)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule participantsKnowOfUsOnlyTheLibraries = noClasses()
            .that()
            .resideInAnyPackage(PARTICIPANTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.mediasaga.crd..", "io.mediasaga.embedded..", "io.mediasaga.standalone..");

    @ArchTest
    static final ArchRule orchestratorCarriesNoKubernetesClientAndNoMedia = noClasses()
            .that()
            .resideInAPackage("io.mediasaga.orchestrator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..", "io.mediasaga.storage..", "io.mediasaga.embedded..", "io.mediasaga.standalone..");

    @ArchTest
    static final ArchRule messagingKnowsNoDomain = onlyItself("io.mediasaga.messaging..", "io.mediasaga.tracing..");

    @ArchTest
    static final ArchRule webKnowsNothingOfUsButTraces = onlyItself("io.mediasaga.web..", "io.mediasaga.tracing..");

    @ArchTest
    static final ArchRule tracingKnowsNothingOfUs = onlyItself("io.mediasaga.tracing..");

    @ArchTest
    static final ArchRule storageKnowsNothingOfUs = onlyItself("io.mediasaga.storage..");

    @ArchTest
    static final ArchRule embeddedKnowsNothingOfUs = onlyItself("io.mediasaga.embedded..");

    @ArchTest
    static final ArchRule crdsKnowNothingOfUs = onlyItself("io.mediasaga.crd..");

    @ArchTest
    static final ArchRule theClientKnowsTheHttpInterfaceOnly = noClasses()
            .that()
            .resideInAPackage("io.mediasaga.standalone.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(with(SERVICES, "io.mediasaga.messaging..", "io.mediasaga.web..", "org.springframework.."));

    private static ArchRule onlyItself(String... own) {
        return classes()
                .that()
                .resideInAPackage(own[0])
                .should()
                .onlyDependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.or(
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(own),
                        com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("io.mediasaga.."))));
    }

    private static String[] with(String[] packages, String... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(packages), java.util.Arrays.stream(more))
                .toArray(String[]::new);
    }
}
