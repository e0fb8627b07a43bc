package io.mediasaga.crd.v1alpha1;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who runs sagas carries no Kubernetes client, and the model serves both major versions of Jackson. */
@AnalyzeClasses(packages = "io.mediasaga.crd", importOptions = ImportOption.DoNotIncludeTests.class)
class DependenciesTest {

    @ArchTest
    static final ArchRule ONLY_THE_RESOURCE_NEEDS_KUBERNETES = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(MediaSaga.class.getName())
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.kubernetes..");

    @ArchTest
    static final ArchRule THE_MODEL_NEEDS_ANNOTATIONS_ONLY = noClasses()
            .that()
            .resideInAPackage("io.mediasaga.crd.v1alpha1")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule NOTHING_NEEDS_JACKSON_2 =
            noClasses().should().dependOnClassesThat().resideInAnyPackage("com.fasterxml.jackson.databind..");

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_NOTHING_OF_WHAT_IS_DONE_WITH_IT = noClasses()
            .that()
            .resideInAPackage("io.mediasaga.crd.v1alpha1")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.mediasaga.crd.definition");
}
