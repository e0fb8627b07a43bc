package io.mediasaga.crd.definition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLParser;

/** On which line of its source each field of a document stands. */
final class SourceLines {

    private final Map<String, Integer> lines = new HashMap<>();

    /** One for each document that the parser still finds. Reads the parser to its end. */
    static List<SourceLines> read(JsonParser parser, Violations violations) {
        List<SourceLines> documents = new ArrayList<>();
        while (parser.nextToken() != null) {
            SourceLines document = new SourceLines();
            document.document(parser, violations);
            documents.add(document);
        }
        return documents;
    }

    /** The line of a field, or of what it belongs to where it is absent itself. */
    int of(String path) {
        String at = path;
        while (!at.isEmpty()) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
            at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
        }
        return lines.getOrDefault("", 0);
    }

    private static final class Level {
        final String path;
        final boolean list;
        int index;

        Level(String path, boolean list) {
            this.path = path;
            this.list = list;
        }
    }

    private void document(JsonParser parser, Violations violations) {
        Deque<Level> open = new ArrayDeque<>();
        String field = "";
        JsonToken token = parser.currentToken();
        do {
            int line = parser.currentTokenLocation().getLineNr();
            if (token == JsonToken.PROPERTY_NAME) {
                String parent = open.element().path;
                field = parent.isEmpty() ? parser.currentName() : parent + "." + parser.currentName();
                lines.put(field, line);
            } else if (token.isStructEnd()) {
                open.pop();
            } else {
                String path = field;
                if (!open.isEmpty() && open.element().list) {
                    path = open.element().path + "[" + open.element().index++ + "]";
                }
                lines.putIfAbsent(path, line);
                refuseAlias(parser, path, violations);
                if (token.isStructStart()) {
                    open.push(new Level(path, token == JsonToken.START_ARRAY));
                }
            }
        } while (!open.isEmpty() && (token = parser.nextToken()) != null);
    }

    /** Jackson would take an alias for a text of that name. */
    private static void refuseAlias(JsonParser parser, String path, Violations violations) {
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            violations.add(path, "is a YAML alias", "write the value out");
        }
    }
}
