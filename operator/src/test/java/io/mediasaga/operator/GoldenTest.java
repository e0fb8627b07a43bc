package io.mediasaga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.mediasaga.crd.v1alpha1.MediaSaga;
import io.mediasaga.operator.model.Api;
import io.mediasaga.operator.model.Credentials;
import io.mediasaga.operator.model.Observed;
import io.mediasaga.operator.model.Plan;
import io.mediasaga.operator.model.Planner;
import io.mediasaga.operator.model.Rollout;
import io.mediasaga.operator.model.Saga;
import io.mediasaga.operator.render.Renderer;
import io.mediasaga.operator.render.Sorted;
import io.mediasaga.operator.settings.OperatorSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * From MediaSagas and what is observed to objects, without a cluster. Each folder of {@code golden} has {@code in-*.yaml},
 * oldest first, if need be {@code world.yaml} (settings, apis, running, credentials, rollouts, copies, partitions), and for each
 * of them {@code out-*.yaml}, which are written anew with {@code -Dgolden.update=true}.
 */
class GoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    @ParameterizedTest
    @MethodSource("cases")
    void objectsAreAsExpected(Path folder) throws IOException {
        Path file = folder.resolve("world.yaml");
        JsonNode world = Files.exists(file) ? YAML.readTree(Files.readString(file)) : YAML.createObjectNode();
        OperatorSettings settings = settings(world.path("settings"));
        Observed observed = observed(world);
        Map<String, Saga> sagas = sagas(folder);
        for (var entry : sagas.entrySet()) {
            List<Saga> others = sagas.values().stream().filter(other -> other != entry.getValue()).toList();
            Plan plan = new Planner(settings).plan(entry.getValue(), others, observed);
            check(folder.resolve(entry.getKey().replaceFirst("in", "out")), text(plan, settings));
        }
    }

    private String text(Plan plan, OperatorSettings settings) {
        String refused = plan.conflicts().stream()
                .map(conflict -> "# " + conflict.subject() + ": " + conflict.message() + "\n")
                .collect(Collectors.joining());
        return refused
                + new Renderer(settings).render(plan).stream()
                        .map(object -> serialization.asYaml(sorted(serialization.convertValue(object, Map.class))))
                        .map(yaml -> yaml.startsWith("---") ? yaml : "---\n" + yaml)
                        .collect(Collectors.joining());
    }

    /** In the order of a manifest at the top, of the alphabet below. */
    private static Map<String, Object> sorted(Map<?, ?> object) {
        Map<String, Object> sorted = Sorted.map(object);
        Map<String, Object> top = new LinkedHashMap<>();
        for (String key : List.of("apiVersion", "kind", "metadata")) {
            top.put(key, sorted.get(key));
        }
        sorted.forEach(top::putIfAbsent);
        return top;
    }

    private static void check(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(file).as("write it with -Dgolden.update=true, and look at what has changed").exists();
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    private Map<String, Saga> sagas(Path folder) throws IOException {
        Map<String, Saga> sagas = new TreeMap<>();
        int second = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("in")).sorted().toList()) {
                MediaSaga resource = serialization.unmarshal(Files.readString(file), MediaSaga.class);
                resource.getMetadata().setNamespace("shop");
                resource.getMetadata().setUid("uid-of-" + resource.getMetadata().getName());
                resource.getMetadata().setCreationTimestamp("2026-01-10T12:00:%02dZ".formatted(second++));
                sagas.put(file.getFileName().toString(), Saga.of(resource));
            }
        }
        return sagas;
    }

    private static OperatorSettings settings(JsonNode node) {
        Map<String, Object> settings = new HashMap<>();
        node.properties().forEach(entry -> settings.put(entry.getKey(), entry.getValue().asString()));
        return TestSettings.of(settings);
    }

    private static Observed observed(JsonNode world) {
        Set<Api> apis = world.has("apis")
                ? world.path("apis").valueStream().map(n -> Api.valueOf(n.asString()))
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Api.class)))
                : EnumSet.of(Api.STRIMZI, Api.EXTERNAL_SECRETS, Api.MONITORING);
        Map<String, Credentials> credentials = new HashMap<>();
        world.path("credentials").properties().forEach(entry -> {
            Map<String, String> data = new HashMap<>();
            entry.getValue().properties().forEach(key -> data.put(
                    key.getKey(),
                    Base64.getEncoder().encodeToString(key.getValue().asString().getBytes(StandardCharsets.UTF_8))));
            credentials.put(entry.getKey(), Credentials.of(data));
        });
        Map<String, Rollout> rollouts = new HashMap<>();
        world.path("rollouts").properties().forEach(entry -> rollouts.put(entry.getKey(), new Rollout(
                entry.getValue().path("credentials").asString(null), 2, 2, entry.getValue().path("complete").asBoolean(true),
                entry.getValue().path("complete").asBoolean(true), false, 0, List.of())));
        Map<String, Integer> partitions = new HashMap<>();
        world.path("partitions").properties().forEach(e -> partitions.put(e.getKey(), e.getValue().asInt()));
        OptionalLong running = world.has("running") ? OptionalLong.of(world.path("running").asLong()) : OptionalLong.empty();
        return new Observed(apis, credentials, rollouts, running(world), partitions, running);
    }

    private static Map<String, Set<String>> running(JsonNode world) {
        Map<String, Set<String>> keys = new HashMap<>();
        world.path("copies").properties().forEach(entry -> keys.put(
                entry.getKey(), entry.getValue().valueStream().map(JsonNode::asString).collect(Collectors.toSet())));
        return keys;
    }

    private static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(GOLDEN)) {
            return new ArrayList<>(Arrays.asList(folders.sorted().toArray(Path[]::new)));
        }
    }
}
