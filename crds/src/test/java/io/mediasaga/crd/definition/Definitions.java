package io.mediasaga.crd.definition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Definitions for tests. */
final class Definitions {

    static final Path SAMPLE = Path.of("../k8s/samples/publish-media-asset.yaml");
    static final Path LEAST = Path.of("src/test/resources/valid/valid-least.yaml");
    static final Path EVERYTHING = Path.of("src/test/resources/valid/valid-everything.yaml");

    private Definitions() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SagaDefinition load(Path file) {
        return SagaDefinitions.load(text(file), file.toString());
    }
}
