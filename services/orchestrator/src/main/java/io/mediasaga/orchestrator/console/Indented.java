package io.mediasaga.orchestrator.console;

import io.mediasaga.messaging.Json;
import java.io.IOException;
import java.io.Writer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A value as a page shows it: JSON with indents, and never more than a page can bear. Of a value that becomes much longer by its
 * indents, as by very deep nesting, there are none.
 *
 * @param cut whether that is only the beginning
 */
record Indented(String text, boolean cut) {

    private static final int LONGEST = 64 * 1024;
    private static final int MOST_GROWTH = 8;

    static Indented of(@Nullable Object json) {
        return switch (json) {
            case null -> new Indented("", false);
            case JsonNode node -> node(node, node.toString());
            default -> text(json.toString());
        };
    }

    private static Indented text(String text) {
        try {
            JsonNode node = Json.mapper().readTree(text);
            return node.isContainer() ? node(node, text) : plain(text);
        } catch (JacksonException e) {
            return plain(text);
        }
    }

    private static Indented node(JsonNode node, String bare) {
        boolean tooLong = bare.length() > LONGEST;
        var written = new Limited(tooLong ? LONGEST : Math.min(LONGEST, MOST_GROWTH * bare.length()));
        try {
            Json.mapper().writerWithDefaultPrettyPrinter().writeValue(written, node);
            return new Indented(written.text.toString(), false);
        } catch (JacksonException e) {
            return written.full && tooLong ? new Indented(written.text.toString(), true) : plain(bare);
        }
    }

    private static Indented plain(String text) {
        return text.length() <= LONGEST ? new Indented(text, false) : new Indented(text.substring(0, LONGEST), true);
    }

    private static final class Limited extends Writer {
        private final int longest;
        private final StringBuilder text = new StringBuilder();
        private boolean full;

        Limited(int longest) {
            this.longest = longest;
        }

        @Override
        public void write(char[] chars, int from, int length) throws IOException {
            int room = longest - text.length();
            text.append(chars, from, Math.min(room, length));
            if (length > room) {
                full = true;
                throw new IOException("That is long enough");
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
