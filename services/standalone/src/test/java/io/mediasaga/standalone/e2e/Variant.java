package io.mediasaga.standalone.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/** A definition like the one that comes with the program, but for what a test needs otherwise. */
final class Variant {

    private static final String SHIPPED = "/definitions/publish-media-asset.yaml";

    private final String name;
    private final Map<String, Object> document;

    private Variant(String name, Map<String, Object> document) {
        this.name = name;
        this.document = document;
    }

    /** The shipped definition under another name. */
    static Variant named(String name) {
        try (InputStream file = Variant.class.getResourceAsStream(SHIPPED)) {
            Map<String, Object> document = new Yaml().load(Objects.requireNonNull(file, SHIPPED));
            document.put("metadata", new LinkedHashMap<>(Map.of("name", name)));
            return new Variant(name, document);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String name() {
        return name;
    }

    Map<String, Object> document() {
        return document;
    }

    /** Gives each attempt of the step so little time, and allows two of them. */
    Variant impatient(String step, String timeout) {
        hurry(step(step), timeout);
        return this;
    }

    /** The same for what undoes the step. */
    Variant impatientCompensation(String step, String timeout) {
        hurry(map(step(step), "compensation"), timeout);
        return this;
    }

    /** What the step's command carries. */
    Variant payload(String step, String... fields) {
        map(step(step), "command").put("payload", new ArrayList<>(List.of(fields)));
        return this;
    }

    Variant onExhausted(String step, String what) {
        step(step).put("onExhausted", what);
        return this;
    }

    /** Names of the steps, in their order. */
    List<String> steps() {
        return all().stream().map(step -> String.valueOf(step.get("name"))).toList();
    }

    /** Who carries the step out. */
    String participant(String step) {
        return String.valueOf(step(step).get("participant"));
    }

    private static void hurry(Map<String, Object> what, String timeout) {
        what.put("timeout", timeout);
        if (what.containsKey("command")) {
            what.put("retry", new LinkedHashMap<>(Map.of("attempts", 2, "backoff", "100ms")));
        }
    }

    private Map<String, Object> step(String name) {
        return all().stream().filter(step -> name.equals(step.get("name"))).findFirst().orElseThrow();
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> all() {
        return (List<Map<String, Object>>) map(document, "spec").get("steps");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) Objects.requireNonNull(of.get(key), key);
    }
}
