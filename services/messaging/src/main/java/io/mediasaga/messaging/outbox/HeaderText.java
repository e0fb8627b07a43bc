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
        if (headers.isEmpty()) {
            return NONE;
        }
        var json = new StringBuilder(64);
        for (var header : headers.entrySet()) {
            if (!isPlain(header.getKey()) || !isPlain(header.getValue())) {
                return Json.write(headers);
            }
            json.append(json.isEmpty() ? '{' : ',')
                    .append('"').append(header.getKey()).append("\":\"").append(header.getValue()).append('"');
        }
        return json.append('}').toString();
    }

    /** Whether the text stands in JSON as it is. Nearly all do, and each message has some. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /** The JSON text, an object of texts, as map. */
    public static Map<String, String> read(String json) {
        if (json.equals(NONE)) {
            return Map.of();
        }
        if (json.indexOf('\\') >= 0) {
            return READER.readValue(json);
        }
        // Without escapes, every quotation mark begins or ends a text.
        String[] parts = json.split("\"");
        var headers = new LinkedHashMap<String, String>();
        for (int i = 1; i + 2 < parts.length; i += 4) {
            headers.put(parts[i], parts[i + 2]);
        }
        return headers;
    }

    static Headers toHeaders(Map<String, String> map) {
        var headers = new RecordHeaders();
        map.forEach((name, value) -> headers.add(name, RecordKeys.bytes(value)));
        return headers;
    }
}
