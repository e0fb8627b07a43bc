package io.mediasaga.standalone.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prints pages of the API as tables. */
final class Pages {

    private static final int WIDEST = 60;

    private Pages() {}

    /** The rows of a page, or of a plain list. */
    static ArrayNode items(JsonNode page) {
        JsonNode items = page.isArray() ? page : page.path("items");
        return items instanceof ArrayNode rows ? rows : JsonNodeFactory.instance.arrayNode();
    }

    /** Prints those of the columns that have something in them. */
    static void print(JsonNode page, List<String> columns) {
        Terminal terminal = Terminal.standard();
        ArrayNode rows = items(page);
        if (rows.isEmpty()) {
            terminal.line("none");
            return;
        }
        List<String> filled = columns.stream()
                .filter(column -> rows.valueStream().anyMatch(row -> !text(row.path(column)).isEmpty()))
                .toList();
        terminal.table(
                filled.stream().map(column -> column.toUpperCase(java.util.Locale.ROOT)).toList(),
                rows.valueStream()
                        .map(row -> filled.stream().map(column -> text(row.path(column))).toList())
                        .toList());
        String next = page.path("next_cursor").asString("");
        if (!next.isEmpty()) {
            terminal.line("more with --cursor " + next);
        }
    }

    static void printFields(JsonNode object, Terminal terminal) {
        object.propertyStream().forEach(field -> {
            if (field.getValue().isObject()) {
                terminal.line(field.getKey() + ":");
                field.getValue().propertyStream()
                        .forEach(inner -> terminal.line("  %-22s %s".formatted(inner.getKey(), whole(inner.getValue()))));
            } else if (!field.getValue().isNull() && !isTable(field.getValue())) {
                terminal.line("%-24s %s".formatted(field.getKey(), whole(field.getValue())));
            }
        });
    }

    private static boolean isTable(JsonNode value) {
        return value.isArray() && !value.isEmpty() && value.get(0).isObject();
    }

    private static String whole(JsonNode value) {
        return value.isValueNode() ? value.asString("") : value.toString();
    }

    private static String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        String text = whole(value).replaceAll("\\s+", " ");
        return text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text;
    }
}
