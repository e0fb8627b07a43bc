package io.mediasaga.orchestrator.definition;

import io.mediasaga.crd.definition.SagaDocument;
import io.mediasaga.crd.definition.SagaParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Puts the definitions of {@code mediasaga.definitions}, a list of YAML files, when the orchestrator starts. Where an
 * operator puts them over HTTP the list is empty.
 */
@Component
class DefinitionFiles implements SmartLifecycle {

    static final String DEFAULT_NAMESPACE = "default";

    /** Right after the catalog. */
    private static final int PHASE = 60;

    private final List<Path> files;
    private final Definitions definitions;
    private volatile boolean running;

    DefinitionFiles(Environment environment, Definitions definitions) {
        this.files = Binder.get(environment)
                .bind("mediasaga.definitions", Bindable.listOf(Path.class))
                .orElse(List.of());
        this.definitions = definitions;
    }

    @Override
    public void start() {
        files.forEach(this::put);
        running = true;
    }

    private void put(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "Cannot read the definition " + file + " (" + e + "); see mediasaga.definitions", e);
        }
        for (SagaDocument document : new SagaParser().parse(text, file.toString())) {
            String namespace = document.namespace() == null ? DEFAULT_NAMESPACE : document.namespace();
            definitions.put(namespace, document.resolve());
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
