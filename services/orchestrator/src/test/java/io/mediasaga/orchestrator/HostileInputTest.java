package io.mediasaga.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.orchestrator.support.Api.Answer;
import io.mediasaga.orchestrator.support.ConsoleClient;
import io.mediasaga.orchestrator.support.IntegrationTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Requests that nobody should send are refused with a reason, by the API and by the console, and are no errors of ours. */
@ExtendWith(OutputCaptureExtension.class)
class HostileInputTest extends IntegrationTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "/api/dead-letters?error=%00x", "/api/dead-letters?original_topic=%00", "/api/dead-letters?type=%00", "/api/dead-letters?saga_id=%00",
        "/api/dead-letters?from=%2B999999999-12-31T23:59:59Z", "/api/dead-letters?to=-0044-03-15T00:00:00Z",
        "/api/dead-letters?limit=99999999999", "/api/dead-letters?cursor=WyI5OTk5OTk5OTk5OTk5OTk5OTk5OSJd",
        "/api/sagas?namespace=%00", "/api/sagas?definition=%00", "/api/sagas?step=%00", "/api/sagas?state=%00", "/api/sagas?asset_id=%00",
        "/api/sagas?limit=99999999999", "/api/sagas?cursor=WyIrOTk5OTk5OTk5LTEyLTMxVDIzOjU5OjU5WiIsIngiXQ",
        "/api/sagas?cursor=WyIyMDI2LTAxLTEwVDEyOjAwOjAwWiIsIlx1MDAwMCJd",
        "/api/audit?target=%00", "/api/audit?actor=%00", "/api/audit?operation=%00", "/api/audit?from=%2B999999999-12-31T23:59:59Z"
    })
    void aQueryThatNoDatabaseTakesIsRefused(String path, CapturedOutput log) {
        Answer answer = api.get(path).expect(400);

        assertThat(answer.code()).isIn("INVALID_PARAMETER", "INVALID_CURSOR", "INVALID_LIMIT");
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "/api/sagas                | {\"definition\":\"trip\\u0000\",\"data\":{\"city\":\"Rome\"}}          | 422",
        "/api/sagas                | {\"definition\":\"trip\",\"data\":{\"city\":\"Ro\\u0000me\"}}          | 422",
        "/api/sagas                | {\"definition\":\"trip\",\"data\":{\"city\":\"\\ud83d\"}}              | 422",
        "/api/sagas                | {\"definition\":\"trip\",\"data\":{\"city\":\"Rome\"},\"namespace\":\"\\ude00\"} | 422",
        "/api/dead-letters/redrive | {\"filter\":{\"error\":\"\\u0000\"},\"reason\":\"r\"}                | 422",
        "/api/dead-letters/redrive | {\"filter\":{\"type\":\"\\ud83d\"},\"reason\":\"r\"}                 | 422",
        "/api/dead-letters/redrive | {\"filter\":{\"from\":\"+999999999-12-31T23:59:59Z\"},\"reason\":\"r\"} | 422",
        "/api/dead-letters/redrive | {\"filter\":{\"to\":\"-0044-03-15T00:00:00Z\"},\"reason\":\"r\"}       | 422",
        "/api/dead-letters/redrive | {\"ids\":[99999999999999999999],\"reason\":\"r\"}                     | 400",
        "/api/dead-letters/redrive | {\"ids\":[1],\"rate\":99999999999,\"reason\":\"r\"}                  | 400"
    })
    void aBodyLikewise(String path, String body, int status, CapturedOutput log) {
        Answer answer = api.post(path, body).expect(status);

        assertThat(answer.code()).isIn("VALIDATION_FAILED", "INVALID_FIELD", "INVALID_REDRIVE", "INVALID_VALUE");
        assertThat(log).doesNotContain("ERROR", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "/console/sagas?q=%00, NUL character",
        "/console/sagas?=x, cannot be read",
        "/console/dead-letters?error=%00, NUL character",
        "/console/audit?target=%00, NUL character",
        "/console/audit?cursor=nonsense, not one of ours",
        "/console/topics/x?most=many, must be a whole number",
        "/console/topics/x?partition=99999999999, must be a whole number"
    })
    void theConsoleSaysSoOnAPage(String path, String words, CapturedOutput log) {
        try (var console = new ConsoleClient(api.base(), "Ada")) {
            HttpResponse<String> page = console.get(path);

            assertThat(page.statusCode()).as(page.body()).isEqualTo(400);
            assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
            assertThat(page.body()).contains("</html>", words);
            assertThat(log).doesNotContain("ERROR", "\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name=Ada&token=%00", "name=%00&token=x", "=x"})
    void aFormOfTheConsoleLikewise(String form, CapturedOutput log) {
        try (var console = new ConsoleClient(api.base(), "Ada")) {
            HttpResponse<String> page = console.post("/console/sign-in", form);

            assertThat(page.statusCode()).as(page.body()).isEqualTo(400);
            assertThat(page.body()).contains("</html>");
            assertThat(log).doesNotContain("ERROR", "\tat ");
        }
    }
}
