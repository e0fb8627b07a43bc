package io.mediasaga.orchestrator.start;

import io.mediasaga.messaging.Json;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.cfg.JsonNodeFeature;

/** Tells whether two requests ask for the same; the order of fields makes no difference. */
final class BodyHash {

    private BodyHash() {}

    static String of(StartRequest request) {
        byte[] json = Json.mapper().writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED).writeValueAsBytes(request);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }
}
