package io.mediasaga.standalone.verify;

import io.mediasaga.crd.definition.SagaDefinition;
import io.mediasaga.crd.definition.SagaDefinitions;
import io.mediasaga.standalone.verify.VerifyOptions.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The publishing saga with times so short that timeouts, retries and their races happen within minutes. */
final class VerifyDefinition {

    private static final String NAME = "publish-media-asset.yaml";

    private VerifyDefinition() {}

    /** Writes it into the folder. */
    static Path write(Path folder, Mode mode) {
        YAMLMapper yaml = new YAMLMapper();
        try (InputStream packed = VerifyDefinition.class.getResourceAsStream("/definitions/" + NAME)) {
            if (packed == null) {
                throw new VerifyException("The definition " + NAME + " is missing in the program; build it again");
            }
            ObjectNode saga = (ObjectNode) yaml.readTree(packed.readAllBytes());
            shorten((ObjectNode) saga.get("spec"), mode == Mode.NAIVE);
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(NAME), yaml.writeValueAsString(saga));
        } catch (IOException e) {
            throw new VerifyException("Cannot write the definition into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void shorten(ObjectNode spec, boolean neverAgain) {
        String timeout = neverAgain ? "20h" : "15s";
        spec.put("deadline", neverAgain ? "300h" : "26h");
        ObjectNode defaults = spec.putObject("defaults").put("timeout", timeout);
        defaults.putObject("retry")
                .put("attempts", neverAgain ? 1 : 6)
                .put("backoff", "500ms")
                .put("multiplier", 2)
                .put("maxBackoff", "4s");
        for (JsonNode step : spec.get("steps")) {
            ObjectNode fields = (ObjectNode) step;
            fields.remove("retry");
            fields.put("timeout", neverAgain ? timeout : fields.has("command") ? "20s" : "60s");
        }
    }

    static SagaDefinition read(Path file) {
        try {
            return SagaDefinitions.load(Files.readString(file, StandardCharsets.UTF_8), file.getFileName().toString());
        } catch (IOException e) {
            throw new VerifyException("Cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
