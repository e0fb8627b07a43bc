package io.mediasaga.messaging.outbox;

import io.mediasaga.messaging.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;

/** Record headers as a JSON object of texts, and back. */
public final class HeaderText {

    private static final String NONE = "{}";
    private static final ObjectReader READER = Json.mapper().readerFor(new TypeReference<Map<String, String>>() {});

    private HeaderText() {}

    /** The headers as map; of several with one name the last counts, and values that are no text are written in hex. */
    public static Map<String, String> toMap(Headers headers) {
        var map = new LinkedHashMap<String, String>();
        for (Header header : headers) {
            map.put(header.key(), header.value() == null ? "" : RecordKeys.text(header.value()));
        }
        return map;
    }

    /** The map as JSON text. */
    public static String write(Map<String, String> headers) {
        return headers.isEmpty() ? NONE : Json.write(headers);
    }

    /** The JSON text as map. */
    public static Map<String, String> read(String json) {
        return json.equals(NONE) ? Map.of() : READER.readValue(json);
    }

    static Headers toHeaders(Map<String, String> map) {
        var headers = new RecordHeaders();
        map.forEach((name, value) -> headers.add(name, RecordKeys.bytes(value)));
        return headers;
    }
}
