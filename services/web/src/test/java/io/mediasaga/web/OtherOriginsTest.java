package io.mediasaga.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a browser asks for on behalf of pages of other sites (the Fetch standard). */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.config.import=classpath:web-defaults.yaml",
            "spring.application.name=things",
            "mediasaga.api.token=" + HttpTest.TOKEN,
            "mediasaga.web.cors-origins=https://studio.example.org,https://*.partner.example"
        })
class OtherOriginsTest {

    @LocalServerPort
    private int port;

    private final HttpClient client = HttpClient.newHttpClient();

    @ParameterizedTest
    @ValueSource(strings = {"https://studio.example.org", "https://a.partner.example"})
    void aNamedOriginMayAskWithoutTokenAndReadWhatComes(String origin) throws Exception {
        HttpResponse<String> preflight = preflight(origin);
        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(header(preflight, "Access-Control-Allow-Methods")).contains("PATCH");
        assertThat(header(preflight, "Access-Control-Allow-Headers")).contains("authorization", "upload-offset");

        HttpResponse<String> answer = send(request("/who").header("Origin", origin).header("Authorization", "Bearer " + HttpTest.TOKEN));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(header(answer, "Access-Control-Expose-Headers")).contains("Location", "Upload-Offset", "X-Request-ID");
        assertThat(answer.headers().allValues("Vary")).anyMatch(vary -> vary.contains("Origin"));
    }

    @Test
    void aRefusalCanBeReadToo() throws Exception {
        HttpResponse<String> refusal = send(request("/who").header("Origin", "https://studio.example.org"));

        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(header(refusal, "Access-Control-Allow-Origin")).isEqualTo("https://studio.example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://elsewhere.example", "http://studio.example.org", "https://partner.example.evil.example", "null", "nonsense"})
    void anotherOriginGetsNoLeaveButItsAnswer(String origin) throws Exception {
        assertThat(header(preflight(origin), "Access-Control-Allow-Origin")).isEmpty();

        HttpResponse<String> answer = send(request("/things")
                .header("Origin", origin)
                .header("Authorization", "Bearer " + HttpTest.TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"thing_name\":\"n\",\"size_bytes\":1}")));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }

    private HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return send(request("/things")
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,upload-offset"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
