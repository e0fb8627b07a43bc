package io.mediasaga.crd.definition;

import java.util.Locale;

/** Names of steps: PascalCase in definitions, upper snake case on the wire. */
public final class Names {

    private Names() {}

    /** {@code CreateAsset} to {@code CREATE_ASSET}, {@code ProbeHLSStream} to {@code PROBE_HLS_STREAM}. */
    public static String wireName(String pascalCase) {
        return pascalCase
                .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
                .toUpperCase(Locale.ROOT);
    }
}
