package io.mediasaga.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.standalone.platform.Inside;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import io.mediasaga.standalone.platform.ServiceSpec;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/** What every service says of its API is complete enough for somebody to write, or generate, a client from it alone. */
@Timeout(300)
class ApiDescriptionsTest {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Set<String> BODIES = Set.of("put", "post", "patch");
    private static final String PROBLEM = "application/problem+json";

    @TempDir
    static Path folder;

    static Platform platform;

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE), line -> {});
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    /** @param service whose API it is, by its name on the platform */
    record Api(String service, String address) {}

    static Stream<Api> apis() {
        return Stream.of(
                new Api("orchestrator", "/api/openapi"), new Api("media", "/api/assets/openapi.json"),
                new Api("quota", "/api/quotas/openapi.json"), new Api("ingest", "/uploads/openapi.json"));
    }

    record Operation(String method, String path, JsonNode it) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @ParameterizedTest
    @MethodSource("apis")
    void everyOperationIsDescribed(Api api) {
        JsonNode description = description(api);
        SoftAssertions all = new SoftAssertions();
        List<Operation> operations = operations(description);
        assertThat(operations).isNotEmpty();
        for (Operation each : operations) {
            describedAs(each, all);
            answers(each, description, all);
            parameters(each, all);
        }
        all.assertThat(operations.stream().map(each -> each.it().path("operationId").asString()).toList()).doesNotHaveDuplicates();
        all.assertThat(operations).noneMatch(each -> each.path().contains("/error") || each.path().startsWith("/console"));
        all.assertAll();
    }

    private static void describedAs(Operation each, SoftAssertions all) {
        all.assertThat(each.it().path("operationId").asString("")).as("id of %s", each).matches("[a-z][A-Za-z]+");
        all.assertThat(each.it().path("summary").asString("")).as("summary of %s", each).isNotBlank().doesNotContain("@", "<", "{");
        all.assertThat(each.it().path("description").asString("")).as("description of %s", each).isNotBlank().doesNotContain("{@", "<code>");
        List<String> tags = each.it().path("tags").valueStream().map(JsonNode::asString).toList();
        all.assertThat(tags).as("tags of %s", each).hasSize(1).allMatch(tag -> tag.matches("[A-Z][a-z ]+"));
    }

    private static void answers(Operation each, JsonNode description, SoftAssertions all) {
        Map<String, JsonNode> answers = each.it().path("responses").propertyStream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        all.assertThat(answers.keySet()).as("successes of %s", each).anyMatch(status -> status.startsWith("2"));
        if (!each.it().has("security")) {
            all.assertThat(answers).as("refusals of %s", each).containsKeys("400", "401", "403", "503");
        }
        if (each.path().contains("{") && !each.method().equals("options")) {
            all.assertThat(answers).as("refusals of %s", each).containsKey("404");
        }
        if (each.it().has("requestBody")) {
            all.assertThat(answers).as("refusals of %s", each).containsKeys("413", "415");
        }
        answers.forEach((status, answer) -> {
            JsonNode resolved = resolved(answer, description);
            all.assertThat(resolved.path("headers").has("X-Request-ID")).as("request id of %s %s", each, status).isTrue();
            List<String> types = resolved.path("content").propertyStream().map(Map.Entry::getKey).toList();
            if (status.startsWith("2")) {
                boolean bare = status.equals("204") || each.method().equals("head") || each.it().path("operationId").asString().equals("createUpload");
                all.assertThat(types).as("media types of %s %s", each, status).hasSize(bare ? 0 : 1).doesNotContain("*/*");
                resolved.path("content").forEach(content ->
                        all.assertThat(content.path("schema").propertyNames()).as("schema of %s %s", each, status).isNotEmpty());
            } else {
                all.assertThat(types).as("media types of %s %s", each, status).containsExactly(PROBLEM);
            }
        });
    }

    private static void parameters(Operation each, SoftAssertions all) {
        Set<String> inPath = new TreeSet<>();
        all.assertThat(each.it().path("parameters").valueStream().map(parameter -> parameter.path("in").asString() + parameter.path("name").asString()).toList())
                .as("parameters of %s", each).doesNotHaveDuplicates();
        each.it().path("parameters").forEach(parameter -> {
            String name = parameter.path("name").asString();
            all.assertThat(parameter.path("schema").propertyNames()).as("schema of %s of %s", name, each).contains("type");
            if (parameter.path("in").asString().equals("path")) {
                inPath.add("{" + name + "}");
            }
        });
        Set<String> wanted = Pattern.compile("\\{[^}]+}").matcher(each.path()).results()
                .map(found -> found.group()).collect(Collectors.toCollection(TreeSet::new));
        all.assertThat(inPath).as("path parameters of %s", each).isEqualTo(wanted);
        each.it().path("requestBody").path("content").properties().forEach(content -> {
            all.assertThat(BODIES).as("method of %s", each).contains(each.method());
            all.assertThat(content.getKey()).as("media type of the body of %s", each).isNotEqualTo("*/*");
            all.assertThat(content.getValue().path("schema").propertyNames()).as("schema of the body of %s", each).isNotEmpty();
        });
    }

    @ParameterizedTest
    @MethodSource("apis")
    void everySchemaSaysWhatThereIs(Api api) {
        SoftAssertions all = new SoftAssertions();
        description(api).path("components").path("schemas").properties().forEach(schema -> {
            all.assertThat(schema.getValue().path("type").asString("")).as("type of %s", schema.getKey()).isEqualTo("object");
            all.assertThat(schema.getValue().path("properties").propertyNames()).as("properties of %s", schema.getKey())
                    .isNotEmpty().allMatch(name -> name.matches("[a-z][a-z0-9_]*"));
            schema.getValue().path("properties").properties().forEach(property -> all.assertThat(property.getValue().propertyNames())
                    .as("%s of %s", property.getKey(), schema.getKey()).containsAnyOf("type", "$ref"));
        });
        all.assertAll();
    }

    /** What answers requests of programs is described, unless it says that it is not to be. */
    @ParameterizedTest
    @MethodSource("apis")
    void nothingIsLeftOut(Api api) {
        ServiceSpec service = ServiceSpec.ALL.stream().filter(each -> each.name().equals(api.service())).findFirst().orElseThrow();
        Set<String> described = operations(description(api)).stream().map(Operation::toString).collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        Inside.service(platform, service.name()).getBeansOfType(RequestMappingInfoHandlerMapping.class).values().forEach(mapping ->
                mapping.getHandlerMethods().forEach((info, method) -> {
                    if (isOfApi(method)) {
                        addresses(info).stream().filter(each -> !described.contains(each)).forEach(missing::add);
                    }
                }));

        assertThat(missing).isEmpty();
    }

    private static boolean isOfApi(HandlerMethod method) {
        return method.getBeanType().isAnnotationPresent(RestController.class)
                && method.getBeanType().getName().startsWith("io.mediasaga.")
                && !method.getBeanType().getPackageName().equals("io.mediasaga.web")
                && !method.hasMethodAnnotation(Hidden.class);
    }

    private static List<String> addresses(RequestMappingInfo info) {
        List<String> addresses = new ArrayList<>();
        for (String pattern : info.getPatternValues()) {
            String path = pattern.isEmpty() ? "/" : pattern.replaceAll("\\{(\\w+):(?:[^{}]|\\{[^{}]*})+}", "{$1}");
            info.getMethodsCondition().getMethods().forEach(method -> addresses.add(method.name().toLowerCase(Locale.ROOT) + " " + path));
        }
        return addresses;
    }

    @Test
    void limitsOfRequestsAreTold() {
        JsonNode start = description(new Api("orchestrator", "/api/openapi")).path("components").path("schemas").path("StartRequest");
        assertThat(start.path("required").valueStream().map(JsonNode::asString)).containsExactly("definition");
        assertThat(start.path("properties").path("saga_id").path("maxLength").asInt()).isEqualTo(64);
        assertThat(start.path("properties").path("data").path("type").asString()).isEqualTo("object");
        assertThat(start.path("properties").path("namespace").path("description").asString()).contains("when absent");

        JsonNode adjustment = description(new Api("quota", "/api/quotas/openapi.json")).path("components").path("schemas").path("Adjustment");
        assertThat(adjustment.path("required").size()).isEqualTo(4);
        assertThat(adjustment.path("properties").path("bytes").path("maximum").asLong()).isEqualTo(1L << 60);
    }

    private static JsonNode resolved(JsonNode node, JsonNode description) {
        return node.has("$ref") ? description.at(node.path("$ref").asString().substring(1)) : node;
    }

    private static List<Operation> operations(JsonNode description) {
        List<Operation> operations = new ArrayList<>();
        description.path("paths").properties().forEach(path -> path.getValue().properties().forEach(each -> {
            if (METHODS.contains(each.getKey())) {
                operations.add(new Operation(each.getKey(), path.getKey(), each.getValue()));
            }
        }));
        return operations;
    }

    private static JsonNode description(Api api) {
        JsonNode description = new Person(platform.address(), null).json("GET", api.address(), null);
        assertThat(description.path("servers").size()).isEqualTo(1);
        assertThat(description.path("servers").path(0).path("url").asString()).startsWith("/");
        return description;
    }
}
