package io.mediasaga.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.embedded.LocalIssuer;
import io.mediasaga.standalone.platform.Inside;
import io.mediasaga.standalone.platform.Platform;
import io.mediasaga.standalone.platform.PlatformOptions;
import io.mediasaga.standalone.platform.PlatformPorts;
import io.mediasaga.standalone.platform.ServiceSpec;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Who may do what over HTTP, on the whole platform: every address of every service with every role, and whose files are whose. */
@Timeout(900)
class AccessTest {

    @TempDir
    static Path folder;

    static Platform platform;
    static LocalIssuer issuer;

    /** By the letter that the table has for them. */
    static final Map<Character, Person> PEOPLE = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        platform = Platform.start(PlatformOptions.in(folder.resolve("data")).on(PlatformPorts.FREE), line -> {});
        issuer = platform.data().issuer();
        PEOPLE.put('v', person("vic", "viewer"));
        PEOPLE.put('o', person("oz", "operator"));
        PEOPLE.put('u', person("una", "uploader"));
        PEOPLE.put('n', person("nic"));
        PEOPLE.put('a', new Person(platform.address(), null));
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    static Person person(String name, String... roles) {
        return new Person(platform.address(), issuer.token(name, List.of(roles), Duration.ofMinutes(30)));
    }

    /** A new address without a row in the table fails here, as does a row whose address is gone. */
    @Test
    void everyAddressAnswersThoseWhomTheTableNamesAndNobodyElse() throws IOException {
        PEOPLE.forEach((letter, person) -> assertThat(person.signIn()).as("console for %s", letter).isEqualTo("vou".indexOf(letter) >= 0));
        List<String> actual = new ArrayList<>();
        for (ServiceSpec service : ServiceSpec.ALL) {
            for (String address : addresses(service)) {
                actual.add("%-60s %s".formatted(address, whoMay(address)).stripTrailing());
            }
        }
        List<String> table = resource("/access.txt").lines().filter(line -> !line.startsWith("#") && !line.isBlank()).toList();

        assertThat(actual).as("what services answer, against src/test/resources/access.txt").containsExactlyInAnyOrderElementsOf(table);
    }

    private static Set<String> addresses(ServiceSpec service) {
        Set<String> addresses = new TreeSet<>();
        Inside.service(platform, service.name()).getBeansOfType(RequestMappingInfoHandlerMapping.class).values().forEach(mapping ->
                mapping.getHandlerMethods().keySet().forEach(info -> addresses.addAll(addresses(service, info))));
        return addresses;
    }

    private static Set<String> addresses(ServiceSpec service, RequestMappingInfo info) {
        Set<String> addresses = new TreeSet<>();
        Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
        for (String path : info.getPatternValues()) {
            if (methods.isEmpty()) {
                addresses.add("GET " + service.path() + path);
            }
            methods.forEach(method -> addresses.add(method + " " + service.path() + path));
        }
        return addresses;
    }

    private static String whoMay(String address) {
        StringBuilder who = new StringBuilder();
        String method = address.substring(0, address.indexOf(' '));
        String path = filled(address.substring(address.indexOf(' ') + 1));
        PEOPLE.forEach((letter, person) -> {
            if (may(person, method, path)) {
                who.append(letter);
            }
        });
        return who.toString();
    }

    private static boolean may(Person person, String method, String path) {
        boolean console = path.isEmpty() || path.equals("/") || path.startsWith("/console");
        HttpResponse<String> answer = console ? person.page(method, path) : person.call(method, path, method.startsWith("P") ? "{}" : null);
        if (path.endsWith("/sign-out")) {
            person.signIn();
        }
        boolean toSignIn = answer.statusCode() == 302
                && answer.headers().firstValue("Set-Cookie").isEmpty() // who signs out is led there too
                && answer.headers().firstValue("Location").orElse("").startsWith("/console/sign-in");
        boolean refused = answer.statusCode() == 401 || answer.statusCode() == 403 && !answer.body().contains("NOT_YOURS");
        assertThat(answer.statusCode()).as("%s %s", method, path).isNotIn(500, 429);
        return !toSignIn && !refused;
    }

    /** Something of the right form for each variable. */
    private static String filled(String pattern) {
        return pattern.replaceAll("\\{[a-z]+:\\[0-9a-f].*?}-\\[0-9a-f-]\\{27}}", "00000000-0000-0000-0000-000000000000")
                .replaceAll("\\{[a-z]+:\\\\d\\{1,18}}", "1")
                .replaceAll("/\\{\\*[a-z]+}", "/none.txt")
                .replace("/**", "/none")
                .replaceAll("\\{owner}", "una")
                .replaceAll("\\{[A-Za-z]+}", "none");
    }

    @Test
    void anUploaderStartsSendsAndSeesWhatBelongsToItselfOnly() {
        Person una = person("una", "uploader");
        Person mallory = person("mallory", "uploader");
        Person vic = person("vic", "viewer");
        assertThat(mallory.call("POST", "/api/sagas", start("una")).body()).contains("NOT_YOURS", "mallory");
        assertThat(vic.call("POST", "/api/sagas", start("vic")).statusCode()).isEqualTo(403);

        String id = una.json("POST", "/api/sagas", start("una")).path("saga_id").asString();
        assertThat(una.json("GET", "/api/sagas/" + id, null).path("saga_id").asString()).isEqualTo(id);
        assertThat(vic.call("GET", "/api/sagas/" + id, null).statusCode()).isEqualTo(200);
        for (String part : List.of("", "/history", "/events")) {
            assertThat(mallory.call("GET", "/api/sagas/" + id + part, null).statusCode()).as(part).isEqualTo(404);
        }
        await().until(() ->
                una.json("GET", "/api/sagas/" + id, null).path("data").has("upload_id"));
        JsonNode data = una.json("GET", "/api/sagas/" + id, null).path("data");
        String upload = "/uploads/" + data.path("upload_id").asString();
        String wanted = "{\"upload_id\":\"%s\"}".formatted(data.path("upload_id").asString());
        String asset = "/api/assets/" + data.path("asset_id").asString();

        assertThat(mallory.call("POST", "/uploads/tokens", wanted).statusCode()).isEqualTo(404);
        assertThat(vic.call("POST", "/uploads/tokens", wanted).statusCode()).isEqualTo(403);
        assertThat(mallory.call("GET", upload, null).statusCode()).isEqualTo(404);
        assertThat(mallory.call("PUT", upload + "/content", "12345678").statusCode()).isEqualTo(404);
        assertThat(vic.call("PUT", upload + "/content", "12345678").statusCode()).isEqualTo(403);
        assertThat(mallory.call("GET", asset, null).statusCode()).isEqualTo(404);
        assertThat(mallory.call("GET", "/api/assets?owner=una", null).body()).contains("NOT_YOURS");
        assertThat(mallory.call("GET", "/api/quotas/una", null).body()).contains("NOT_YOURS");
        assertThat(vic.call("GET", upload, null).statusCode()).isEqualTo(200);
        assertThat(una.call("GET", asset, null).statusCode()).isEqualTo(200);
        assertThat(una.call("GET", "/api/assets?owner=una", null).statusCode()).isEqualTo(200);
        assertThat(una.call("GET", "/api/quotas/una", null).statusCode()).isEqualTo(200);
        assertThat(una.json("POST", "/uploads/tokens", wanted).path("token").asString()).isNotBlank();
        assertThat(una.json("GET", upload, null).path("offset").asLong()).isZero();

        assertConsole(una, mallory, id);
    }

    private static void assertConsole(Person una, Person mallory, String id) {
        assertThat(una.signIn() && mallory.signIn()).isTrue();
        assertThat(una.page("GET", "/console/sagas/" + id).statusCode()).isEqualTo(200);
        assertThat(mallory.page("GET", "/console/sagas/" + id).statusCode()).isEqualTo(404);
        assertThat(una.page("GET", "/").headers().firstValue("Location")).hasValue("/console/start");
        assertThat(una.page("GET", "/console/start").body()).contains(">una<").doesNotContain("Dead letters");
        assertThat(una.page("POST", "/console/start/" + id + "/token").statusCode()).isEqualTo(200);
        assertThat(mallory.page("POST", "/console/start/" + id + "/token").statusCode()).isEqualTo(404);
    }

    @Test
    void descriptionsOfTheApisTellNothingOfHowCallersAreHandedOver() {
        Person anybody = new Person(platform.address(), null);
        for (String path : List.of("/api/openapi", "/api/assets/openapi.json", "/api/quotas/openapi.json", "/uploads/openapi.json")) {
            assertThat(anybody.call("GET", path, null).body()).contains("\"openapi\"").doesNotContainIgnoringCase("\"caller\"");
        }
    }

    @Test
    void theAuditNamesThePersonOfTheToken() {
        String id = person("una", "uploader").json("POST", "/api/sagas", start("una")).path("saga_id").asString();
        Person oz = person("oz", "operator");
        oz.json("POST", "/api/sagas/" + id + "/pause", "{\"reason\":\"lunch\"}");

        JsonNode audit = oz.json("GET", "/api/sagas/" + id + "/audit", null);
        assertThat(audit.path("items").get(0).path("actor").asString()).isEqualTo("oz");
        assertThat(oz.signIn()).isTrue();
        assertThat(oz.page("GET", "/console/audit?target=" + id).body()).contains("oz", "lunch");
    }

    private static String start(String owner) {
        return """
                {"definition": "publish-media-asset", "data": {"owner_id": "%s", "title": "t", "file_name": "f.mp4",
                 "content_type": "video/mp4", "size_bytes": 8}}
                """.formatted(owner);
    }

    private static String resource(String name) throws IOException {
        try (var in = AccessTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
