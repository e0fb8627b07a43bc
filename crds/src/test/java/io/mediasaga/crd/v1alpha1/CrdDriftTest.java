package io.mediasaga.crd.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The committed CRD is what the Java model says. Writes it instead with {@code -Dcrd.update=true}. */
class CrdDriftTest {

    private static final Path COMMITTED = Path.of("mediasagas.mediasaga.io-v1.yaml");

    @Test
    void committedCrdIsThatOfTheModel() throws Exception {
        String generated = CrdGeneration.generate();
        if (Boolean.getBoolean("crd.update")) {
            Files.writeString(COMMITTED, generated);
        }
        assertThat(COMMITTED)
                .as("crds/%s is not what the model says; regenerate it with: %s", COMMITTED, CrdGeneration.REGENERATE)
                .hasContent(generated);
    }

    @Test
    void generationIsRepeatable() throws Exception {
        assertThat(CrdGeneration.generate()).isEqualTo(CrdGeneration.generate());
    }
}
