package io.mediasaga.crd.definition;

import io.mediasaga.crd.v1alpha1.Limits;
import java.util.Map;

/** The patterns of the API in words. */
final class Forms {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry(Limits.DURATION, "numbers with units ms, s, m, h or d, as in 500ms, 30s, 1h30m or 7d"),
            Map.entry(Limits.DNS_LABEL, "lower-case letters, digits and '-', beginning with a letter, as in media"),
            Map.entry(Limits.PASCAL_CASE, "letters and digits, beginning with a capital, as in CreateAsset"),
            Map.entry(Limits.TOPIC, "letters, digits, '.', '_' and '-', and not dots alone, as in events.asset.created"),
            Map.entry(Limits.FIELD, "letters, digits and '_', as in asset_id"),
            Map.entry(Limits.KEPT_FIELD, "'field' or 'field as other', as in 'size_bytes as bytes'"),
            Map.entry(
                    Limits.PAYLOAD_FIELD,
                    "'field' or 'field as other', where the field is one of the saga's data or saga.id, saga.reason, "
                            + "saga.failed_step, saga.deadline or saga.request_id"),
            Map.entry(Limits.PATH, "a path that begins with '/', as in /api/assets"),
            Map.entry(Limits.QUANTITY, "a Kubernetes quantity, as in 500m, 2 or 512Mi"),
            Map.entry(Limits.NOT_BLANK, "some words that say why"));

    private Forms() {}

    static String inWords(String pattern) {
        return WORDS.getOrDefault(pattern, "what matches " + pattern);
    }
}
