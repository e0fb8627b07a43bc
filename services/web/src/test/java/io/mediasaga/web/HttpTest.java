package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole way over a real Tomcat with a context path. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:web-defaults.yaml",
            "spring.application.name=things",
            "server.servlet.context-path=/api",
            "mediasaga.api.token=" + HttpTest.TOKEN,
            "mediasaga.web.public-paths-extra=/public/**",
            "mediasaga.web.large-body-paths=/large/**",
            "mediasaga.web.max-body=2KB"
        })
class HttpTest {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void withoutTokenNobodyPasses() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/who")));

        assertProblem(response, 401, "UNAUTHORIZED");
        assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"mediasaga\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic abc", TOKEN, "Bearer " + TOKEN + "x"})
    void withAnotherTokenNobodyPasses(String header) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(uri("/who")).header("Authorization", header));

        assertProblem(response, 401, "UNAUTHORIZED");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("invalid_token");
    }

    @Test
    void theTokenOpensAndNamesTheCaller() throws Exception {
        HttpResponse<String> response = get("/who");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("who").asString()).isEqualTo("api-token");
    }

    @Test
    void anUnknownPathTellsNothingWithoutToken() throws Exception {
        assertProblem(send(HttpRequest.newBuilder(uri("/nowhere"))), 401, "UNAUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/public/page",
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/prometheus",
                "/actuator/info"
            })
    void publicPathsNeedNoToken(String path) throws Exception {
        assertThat(send(HttpRequest.newBuilder(uri(path))).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/public/../who",
                "/api/public/%2e%2e/who",
                "/api/public/..;/who",
                "/api/public;a=b/../who",
                "/api//who",
                "/api/actuator/health/../env",
                "/api/public/./../who",
                "/api/public/%252e%252e/who"
            })
    void noDetourThroughAPublicPathLeadsInside(String path) throws Exception {
        // Raw, since a client library would tidy the path up.
        String status = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").lines().findFirst().orElseThrow();

        assertThat(status).containsPattern("HTTP/1.1 (400|401|404)");
    }

    @Test
    void aRequestIdComesBackAndIsKnownInside() throws Exception {
        HttpResponse<String> response = send(authorized("/who").header("X-Request-ID", "abc-123"));

        assertThat(response.headers().firstValue("X-Request-ID")).hasValue("abc-123");
        assertThat(json(response).get("request_id").asString()).isEqualTo("abc-123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "quote\"", "{curly}", "x1234567890123456789012345678901234567890123456789012345678901234"})
    void anUnsafeRequestIdIsReplaced(String id) throws Exception {
        HttpResponse<String> response = send(authorized("/who").header("X-Request-ID", id));

        assertThat(response.headers().firstValue("X-Request-ID").orElseThrow())
                .isNotEqualTo(id)
                .hasSize(36);
    }

    @Test
    void jsonIsSnakeCaseWithoutNulls() throws Exception {
        HttpResponse<String> response = post("/things", "{\"thing_name\":\"n\",\"size_bytes\":5,\"created_at\":\"2026-01-10T12:00:00Z\"}");

        assertThat(response.body())
                .isEqualTo("{\"thing_name\":\"n\",\"size_bytes\":5,\"created_at\":\"2026-01-10T12:00:00Z\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"thing_name\":\"n\",                        | MALFORMED_JSON    | line 1, column",
                "nonsense                                      | MALFORMED_JSON    | line 1, column",
                "{\"thing_name\":\"n\",\"size_bytes\":\"many\"} | INVALID_FIELD    | size_bytes must be a whole number",
                "{\"thing_name\":\"n\",\"size_bytes\":99999999999999999999} | INVALID_FIELD | size_bytes",
                "{\"thing_name\":\"n\",\"parts\":[{\"size_bytes\":{}}]} | INVALID_FIELD | parts[0].size_bytes",
                "{\"thing_name\":\"n\",\"created_at\":\"soon\"} | INVALID_FIELD    | created_at must be a time such as",
                "{\"thing_name\":\"n\",\"size_bytes\":1.5}     | INVALID_FIELD     | size_bytes must be a whole number",
                "{\"thing_name\":false,\"size_bytes\":1}       | INVALID_FIELD     | thing_name must be a string",
                "{\"thing_name\":7,\"size_bytes\":1}           | INVALID_FIELD     | thing_name must be a string",
                "[]                                            | INVALID_FIELD     | The body must be an object",
                "{\"thing_name\":\" \",\"size_bytes\":1}       | VALIDATION_FAILED | thing_name must not be blank",
                "''                                            | MALFORMED_BODY    | missing"
            })
    void anUnreadableBodyIsToldWithItsPlace(String body, String code, String detail) throws Exception {
        HttpResponse<String> response = post("/things", body.strip());

        JsonNode problem = assertProblem(response, 400, code);
        assertThat(problem.get("detail").asString()).contains(detail).doesNotContain("mediasaga");
    }

    @Test
    void aWrongParameterIsNamed() throws Exception {
        JsonNode problem = assertProblem(get("/things/seven"), 400, "INVALID_PARAMETER");
        assertThat(problem.get("detail").asString()).isEqualTo("number must be a whole number within the range of 32 bits");

        JsonNode invalid = assertProblem(get("/things/7?pageNumber=9"), 400, "VALIDATION_FAILED");
        assertThat(invalid.get("errors").get(0).get("field").asString()).isEqualTo("page_number");
    }

    @Test
    void aBodyTooLargeIsRefusedWhetherItsLengthIsDeclaredOrNot() throws Exception {
        String body = "{\"thing_name\":\"%s\",\"size_bytes\":1}".formatted("x".repeat(4000));

        assertProblem(post("/things", body), 413, "BODY_TOO_LARGE");
        assertProblem(send(json("/things").POST(chunked(body))), 413, "BODY_TOO_LARGE");
        assertThat(send(json("/large/things").POST(chunked(body))).statusCode()).isEqualTo(200);
        assertThat(post("/large/things", body).statusCode()).isEqualTo(200);
    }

    @Test
    void whatIsNotThereOrNotAllowedIsAProblemToo() throws Exception {
        assertProblem(get("/nowhere"), 404, "NOT_FOUND");
        assertProblem(get("/error"), 404, "NOT_FOUND");
        HttpResponse<String> response = send(authorized("/things").DELETE());
        assertProblem(response, 405, "METHOD_NOT_ALLOWED");
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertProblem(
                send(authorized("/things").header("Content-Type", "text/csv").POST(BodyPublishers.ofString("a,b"))),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void aProblemIsJsonWhateverTheClientAccepts() throws Exception {
        assertProblem(send(authorized("/nowhere").header("Accept", "text/html")), 404, "NOT_FOUND");
        assertProblem(send(authorized("/busy").header("Accept", "image/png")), 429, "BUSY");
        assertProblem(send(HttpRequest.newBuilder(uri("/who")).header("Accept", "text/html")), 401, "UNAUTHORIZED");
    }

    @ParameterizedTest
    @CsvSource({
        "GET /api/a%2fb, 400",
        "GET /api/a%00b, 400",
        "GET /api/%zz, 400",
        "GET /api/{x, 400",
        "GET /elsewhere, 404",
        "TRACE /api/who, 405"
    })
    void whatTheContainerRefusesIsAProblemToo(String line, int status) {
        String[] answer = raw(line + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                        + "\r\nConnection: close\r\n\r\n")
                .split("\r\n\r\n", 2);

        assertThat(answer[0]).startsWith("HTTP/1.1 " + status).contains("application/problem+json", "X-Request-ID: ");
        assertThat(answer[1]).contains("\"status\":" + status, "\"code\":", "\"request_id\":").doesNotContain("Tomcat", "/api/error");
    }

    @Test
    void aFormIsNotReadBehindTheServicesBack() throws Exception {
        HttpResponse<String> response = send(authorized("/things")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .PUT(BodyPublishers.ofString("a=b")));

        assertProblem(response, 405, "METHOD_NOT_ALLOWED");
    }

    @Test
    void aProblemOfTheServiceKeepsHeadersAndMembers() throws Exception {
        HttpResponse<String> response = get("/busy");

        JsonNode problem = assertProblem(response, 429, "BUSY");
        assertThat(problem.get("detail").asString()).isEqualTo("Too much to do");
        assertThat(problem.get("queue_length").asInt()).isEqualTo(3);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/away", "/gone"})
    void aDatabaseThatIsAwayMeansTryAgain(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertProblem(response, 503, "DATABASE_UNAVAILABLE");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(response.body()).doesNotContain("secret-host");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/broken", "/deep"})
    void theUnexpectedTellsNoInternals(String path) throws Exception {
        HttpResponse<String> response = get(path);

        assertProblem(response, 500, "INTERNAL_ERROR");
        assertThat(response.body()).doesNotContain("hunter2", "secret", "Exception", "StackOverflow");
    }

    @Test
    void pagesHaveCursors() throws Exception {
        String next = json(get("/page")).get("next_cursor").asString();

        assertThat(json(get("/page?cursor=" + next)).get("items").get(0).asString()).isEqualTo("second");
        assertProblem(get("/page?cursor=garbage"), 400, "INVALID_CURSOR");
    }

    @Test
    void metricsCarryTheService() throws Exception {
        get("/who");

        assertThat(get("/actuator/prometheus").body())
                .contains("http_server_requests_seconds_count{")
                .contains("service=\"things\"");
    }

    private static HttpRequest.BodyPublisher chunked(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private JsonNode assertProblem(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
        assertThat(problem.get("request_id").asString())
                .isEqualTo(response.headers().firstValue("X-Request-ID").orElseThrow());
        return problem;
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(authorized(path));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(json(path).POST(BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder json(String path) {
        return authorized(path).header("Content-Type", "application/json");
    }

    private HttpRequest.Builder authorized(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + TOKEN);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private String raw(String request) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + "/api" + path);
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }
}
