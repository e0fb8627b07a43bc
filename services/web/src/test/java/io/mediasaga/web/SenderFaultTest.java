package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a sender gets wrong is told the sender, and is no error of ours. */
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:web-defaults.yaml",
            "spring.application.name=things",
            "mediasaga.api.token=" + SenderFaultTest.TOKEN
        })
class SenderFaultTest {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/search?=null", "/search?=", "/search?name=%zz", "/search?name=%ff", "/search?name=%ED%A0%80", "/search?a=b&=c", "/early?=null"})
    void aQueryThatCannotBeReadIsRefused(String path, CapturedOutput log) {
        JsonNode problem = problem(get(path), 400, "UNREADABLE_PARAMETERS");

        assertThat(problem.get("detail").asString()).contains("?name=value");
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void aQueryWithTooManyParametersIsRefused(CapturedOutput log) {
        String query = IntStream.range(0, 101).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));

        problem(get("/search?" + query), 400, "UNREADABLE_PARAMETERS");
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({"=x, 400, UNREADABLE_PARAMETERS", "name=%00, 400, INVALID_PARAMETER", "name=%zz, 400, UNREADABLE_PARAMETERS"})
    void aFormLikewise(String form, int status, String code, CapturedOutput log) {
        problem(post(form), status, code);
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void aFormThatIsTooLargeIsRefused(CapturedOutput log) {
        problem(post("name=" + "x".repeat(70_000)), 413, "FORM_TOO_LARGE");
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "name=%00,                                 name has a NUL character",
        "name=a%00b,                               name has a NUL character",
        "tags=a&tags=b%00,                         tags has a NUL character",
        "since=%2B999999999-12-31T23:59:59Z,       since must be between the years 1 and 9999",
        "since=-0044-03-15T00:00:00Z,              since must be between the years 1 and 9999",
        "since=%2B10000-01-01T00:00:00Z,           since must be between the years 1 and 9999",
        "since=,                                   since must be a time such as 2026-01-10T12:00:00Z",
        "since=0,                                  since must be a time such as 2026-01-10T12:00:00Z",
        "since=soon,                               since must be a time such as 2026-01-10T12:00:00Z"
    })
    void aValueThatNoDatabaseTakesIsNamed(String query, String detail, CapturedOutput log) {
        assertThat(problem(get("/search?" + query), 400, "INVALID_PARAMETER").get("detail").asString()).startsWith(detail);
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void otherValuesPass() {
        assertThat(get("/search?name=%F0%9F%98%80&since=9999-12-31T23:59:59.999Z&tags=a,b&&x")).startsWith("HTTP/1.1 200")
                .contains("9999-12-31T23:59:59.999Z", "[a, b]");
        assertThat(get("/search?since=0001-01-01T00:00:00Z&name=")).startsWith("HTTP/1.1 200").contains("0001-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"22003", "22007", "22008", "22009", "22021", "22P02", "22P05"})
    void whatTheDatabaseRefusesAllTheSameIsTheSendersMatter(String state, CapturedOutput log) {
        JsonNode problem = problem(get("/refused/" + state), 400, "INVALID_VALUE");

        assertThat(problem.get("detail").asString()).contains("NUL").doesNotContain("hunter2");
        assertThat(log).doesNotContain("ERROR", "\tat ").contains("does not take a value of a request: a value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "22012"})
    void otherRefusalsOfTheDatabaseAreOurs(String state, CapturedOutput log) {
        problem(get("/refused/" + state), 500, "INTERNAL_ERROR");
        assertThat(log).contains("ERROR");
    }

    private static JsonNode problem(String answer, int status, String code) {
        assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Content-Type: application/problem+json");
        String body = answer.split("\r\n\r\n", 2)[1];
        JsonNode problem = JsonMapper.shared().readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        assertThat(problem.get("code").asString()).as(answer).isEqualTo(code);
        assertThat(problem.get("request_id").asString()).isNotBlank();
        return problem;
    }

    private String get(String path) {
        return raw("GET " + path + " HTTP/1.1\r\n", "");
    }

    private String post(String form) {
        return raw("POST /form HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n", form);
    }

    /** A client library would refuse to send it, or tidy it up. */
    private String raw(String head, String body) {
        String request = head + "Host: localhost\r\nAuthorization: Bearer " + TOKEN + "\r\nConnection: close\r\n\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
