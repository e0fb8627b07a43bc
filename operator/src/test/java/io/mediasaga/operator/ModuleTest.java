package io.mediasaga.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What is wanted is computed without a cluster, and rendered without deciding anything. */
@AnalyzeClasses(packages = "io.mediasaga.operator", importOptions = DoNotIncludeTests.class)
class ModuleTest {

    @ArchTest
    static final ArchRule theModelKnowsNoCluster = noClasses()
            .that()
            .resideInAPackage("io.mediasaga.operator.model..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "io.strimzi..", "org.apache.kafka..",
                    "io.mediasaga.operator.render..", "io.mediasaga.operator.apply..", "io.mediasaga.operator.reconcile..");

    @ArchTest
    static final ArchRule renderingKnowsTheModelAlone = noClasses()
            .that()
            .resideInAPackage("io.mediasaga.operator.render..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.fabric8.kubernetes.client..", "io.javaoperatorsdk..", "io.mediasaga.operator.apply..",
                    "io.mediasaga.operator.reconcile..", "io.mediasaga.operator.status..");

    @ArchTest
    static final ArchRule noServiceIsKnown = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.mediasaga.orchestrator..", "io.mediasaga.messaging..", "io.mediasaga.web..", "io.mediasaga.media..");
}
