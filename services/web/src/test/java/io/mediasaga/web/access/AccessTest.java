package io.mediasaga.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mediasaga.forgotten.Forgotten;
import io.mediasaga.web.TestApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Roles, names and limits over a real Tomcat, with tokens of a real issuer. */
@SpringBootTest(
        classes = TestApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:web-defaults.yaml",
            "spring.application.name=things",
            "mediasaga.api.token=" + AccessTest.TOKEN,
            "mediasaga.limits.starts-per-minute=3",
            "management.endpoints.web.exposure.include=*"
        })
class AccessTest {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final TestIssuer ISSUER = new TestIssuer();

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("mediasaga.auth.issuer", ISSUER::address);
        registry.add("mediasaga.auth.audience", () -> TestIssuer.AUDIENCE);
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @Test
    void aPersonIsNamedByTheTokenAndNotByAHeader() throws Exception {
        HttpResponse<String> person = send(request("/actor", ISSUER.token("ada", "viewer")).header("X-Actor", "somebody-else"));
        assertThat(person.body()).isEqualTo("ada");

        HttpResponse<String> service = send(request("/actor", TOKEN).header("X-Actor", "somebody-else"));
        assertThat(service.body()).isEqualTo("somebody-else");
    }

    @Test
    void aRefusedTokenIsExplainedToProgramsAndPeople() throws Exception {
        String token = ISSUER.token(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(3600))));
        HttpResponse<String> answer = send(request("/who", token));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"UNAUTHORIZED\"", "expired");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                .startsWith("Bearer realm=\"mediasaga\", error=\"invalid_token\", error_description=\"").contains("expired");
    }

    @Test
    void aMissingRoleIsNamed() throws Exception {
        HttpResponse<String> answer = send(request("/who", ISSUER.token("eve")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("ROLE_MISSING", "uploader or viewer", "eve");
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
        assertThat(send(request("/who", ISSUER.token("eve", "operator"))).statusCode()).isEqualTo(200);
    }

    @Test
    void managementIsForOperatorsButForWhatIsPublic() throws Exception {
        assertThat(send(request("/actuator/env", null)).statusCode()).isEqualTo(401);
        for (String path : new String[] {"/actuator/env", "/actuator/metrics", "/actuator/loggers/root", "/%61ctuator/env", "/actuator;x=1/env"}) {
            assertThat(send(request(path, ISSUER.token("vic", "viewer"))).statusCode()).as(path).isIn(400, 403, 404);
        }
        assertThat(send(request("/actuator/metrics", ISSUER.token("vic", "viewer"))).statusCode()).isEqualTo(403);
        assertThat(send(request("/actuator/metrics", ISSUER.token("oz", "operator"))).statusCode()).isEqualTo(200);
        assertThat(send(request("/actuator/prometheus", null)).statusCode()).isEqualTo(200);
    }

    @Test
    void whoStartsTooMuchWaitsAndNobodyElseDoes() throws Exception {
        String ada = ISSUER.token("ada", "uploader");
        for (int i = 0; i < 3; i++) {
            assertThat(start(ada).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> over = start(ada);
        assertThat(over.statusCode()).isEqualTo(429);
        assertThat(over.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(over.body()).contains("RATE_LIMITED", "ada may start sagas 3 times a minute", "\"limit_per_minute\":3");
        assertThat(Integer.parseInt(over.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 20);
        assertThat(start(ISSUER.token(claims -> claims.subject("ada").claim("roles", "uploader").claim("other", 1))).statusCode())
                .as("another token does not help the same person")
                .isEqualTo(429);

        assertThat(start(ISSUER.token("bob", "uploader")).statusCode()).isEqualTo(200);
        for (int i = 0; i < 10; i++) {
            assertThat(start(TOKEN).statusCode()).as("the platform itself has no limit").isEqualTo(200);
        }
        assertThat(send(request("/actuator/prometheus", null)).body())
                .containsPattern("mediasaga_requests_limited_total\\{[^}]*limit=\"starts\"[^}]*} 2\\.0");
    }

    @Test
    void aServiceInWhichARuleIsMissingDoesNotStart() {
        var application = new SpringApplicationBuilder(TestApplication.class, Forgotten.class)
                .properties(
                        "spring.config.import=classpath:web-defaults.yaml", "spring.application.name=things", "server.port=0",
                        "mediasaga.api.token=" + TOKEN);
        assertThatIllegalStateException()
                .isThrownBy(application::run)
                .withMessageContaining("Forgotten#nobodySaid").withMessageContaining("@Needs");
    }

    private HttpResponse<String> start(String token) throws Exception {
        return send(request("/starts", token).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
