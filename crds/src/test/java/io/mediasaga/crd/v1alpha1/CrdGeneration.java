package io.mediasaga.crd.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Generates the CRD from {@link MediaSaga}. */
final class CrdGeneration {

    static final String REGENERATE = "mvn -pl crds test -Dtest=CrdDriftTest -Dcrd.update=true";

    private CrdGeneration() {}

    static String generate() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CRDGenerator()
                .customResourceClasses(MediaSaga.class)
                .withMinQuotes(true)
                .withPostProcessor(new Completion())
                .withOutput(new CRDGenerator.AbstractCRDOutput<>() {
                    @Override
                    protected ByteArrayOutputStream createStreamFor(String name) {
                        return out;
                    }
                })
                .detailedGenerate();
        String yaml = out.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.joining("\n", "", "\n"));
        return "# Generated from io.mediasaga.crd.v1alpha1.MediaSaga by\n#   " + REGENERATE + "\n" + yaml;
    }

    /** What the generator has no annotations for. */
    private static final class Completion implements CRDPostProcessor {

        @Override
        public HasMetadata process(HasMetadata resource, String crdSpecVersion) {
            CustomResourceDefinitionVersion version =
                    ((CustomResourceDefinition) resource).getSpec().getVersions().getFirst();
            inOrderOfDeclaration(version);
            JSONSchemaProps root = version.getSchema().getOpenAPIV3Schema();
            root.setDescription("A saga: the steps of a distributed transaction, what undoes them, and the services that "
                    + "carry them out. The orchestrator runs it, the operator makes topics and deployments for it.");
            root.setRequired(List.of("spec"));
            JSONSchemaProps spec = root.getProperties().get("spec");
            spec.setDescription("What is wanted.");
            JSONSchemaProps status = root.getProperties().get("status");
            status.setDescription("What the operator found and did. Written by the operator only.");
            known(spec, "participants", "name");
            known(spec, "steps", "name");
            known(spec.getProperties().get("participants").getItems().getSchema(), "env", "name");
            known(status, "conditions", "type");
            known(status, "participants", "name");
            return resource;
        }

        /** Entries of such a list are unique, and merged one by one by server-side apply. */
        private static void known(JSONSchemaProps owner, String list, String key) {
            JSONSchemaProps schema = owner.getProperties().get(list);
            schema.setXKubernetesListType("map");
            schema.setXKubernetesListMapKeys(List.of(key));
        }

        private static void inOrderOfDeclaration(CustomResourceDefinitionVersion version) {
            List<String> declared = Arrays.stream(MediaSaga.class.getAnnotationsByType(AdditionalPrinterColumn.class))
                    .map(AdditionalPrinterColumn::name)
                    .toList();
            version.getAdditionalPrinterColumns().sort(Comparator.comparing(column -> declared.indexOf(column.getName())));
        }
    }
}
