package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediasaga.orchestrator.support.Api;
import io.mediasaga.orchestrator.support.IntegrationTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Who gets into the console, and what protects its forms. */
class ConsoleAccessTest extends IntegrationTest {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @Test
    void nobodySeesAnythingWithoutSigningIn() throws Exception {
        for (String path : List.of(
                "/console/sagas", "/console/sagas/x", "/console/sagas/x/stream", "/console/sagas/rows", "/console/dead-letters",
                "/console/topics", "/console/health", "/console/audit", "/console/start")) {
            HttpResponse<String> answer = get(path, null);
            assertThat(answer.statusCode()).as(path).isEqualTo(302);
            assertThat(answer.headers().firstValue("Location")).as(path).hasValueSatisfying(to ->
                    assertThat(to).startsWith("/console/sign-in?next=%2Fconsole%2F"));
        }
        for (String path : List.of("/conso%6ce/sagas", "/console/../console/sagas", "/console;x=1/sagas", "//console/sagas", "/console/./sagas")) {
            assertThat(get(path, null).statusCode()).as(path).isNotEqualTo(200);
        }
        HttpResponse<String> part = send(request("/console/sagas/rows", null).header("HX-Request", "true").GET());
        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).isPresent();
    }

    @Test
    void theTokenMakesASessionThatScriptsAndOtherSitesCannotUse() throws Exception {
        assertThat(signIn("Ada", "wrong", "").statusCode()).isEqualTo(422);
        assertThat(signIn(" ", Api.TOKEN, "").statusCode()).isEqualTo(422);
        HttpResponse<String> answer = signIn("Ada", Api.TOKEN, "//evil.example/");
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).hasValue("/console/sagas");
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").contains("Path=/console");
        HttpResponse<String> page = get("/console/sagas", cookie);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Ada").doesNotContain(Api.TOKEN).doesNotContain(" style=").doesNotContain("<script>");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy ->
                assertThat(policy).contains("default-src 'none'").contains("script-src 'self'").doesNotContain("unsafe"));
        assertThat(page.headers().firstValue("X-Frame-Options")).hasValue("DENY");
        assertThat(page.headers().firstValue("Cache-Control")).hasValueSatisfying(value -> assertThat(value).contains("no-store"));
        assertThat(get("/api/sagas", cookie).statusCode()).isEqualTo(401); // of the API it opens nothing
    }

    /** Else a page of somebody else's could sign people in as somebody else. */
    @Test
    void aLinksTokenIsSentByItselfOnlyWhereNoOtherPageLedHere() throws Exception {
        String direct = "data-direct=\"true\"";
        assertThat(send(request("/console/sign-in", null).header("Sec-Fetch-Site", "none").GET()).body()).contains(direct);
        for (String site : List.of("cross-site", "same-site", "same-origin")) {
            assertThat(send(request("/console/sign-in", null).header("Sec-Fetch-Site", site).GET()).body()).doesNotContain(direct);
        }
        assertThat(get("/console/sign-in", null).body()).doesNotContain(direct).contains("sign-in.js");
    }

    @Test
    void aFormWithoutItsProofOrFromAnotherSiteDoesNothing() throws Exception {
        String id = UUID.randomUUID().toString();
        PARTICIPANTS.script(id, "BOOK_HOTEL", io.mediasaga.orchestrator.support.Participants.Does.STAY_SILENT);
        api.post("/api/sagas", "{\"definition\":\"trip\",\"saga_id\":\"" + id + "\",\"data\":{\"city\":\"Bern\"}}").expect(202);
        String cookie = signIn("Ada", Api.TOKEN, "").headers().firstValue("Set-Cookie").orElseThrow();
        String proof = proof(cookie);
        String path = "/console/sagas/" + id + "/operations/pause";

        assertThat(send(form(path, cookie, "reason=x")).statusCode()).isEqualTo(403);
        assertThat(send(form(path, cookie, "reason=x&_csrf=" + "A".repeat(43))).statusCode()).isEqualTo(403);
        assertThat(send(form(path, cookie, "reason=x&_csrf=" + proof).header("Sec-Fetch-Site", "cross-site")).statusCode()).isEqualTo(403);
        assertThat(send(form(path, null, "reason=x&_csrf=" + proof)).statusCode()).isEqualTo(302);
        assertThat(api.saga(id).get("paused").asBoolean()).isFalse();
        HttpResponse<String> blank = send(form(path, cookie, "reason=%20&_csrf=" + proof));
        assertThat(blank.statusCode()).isEqualTo(422);
        assertThat(blank.body()).contains("Say why");
        assertThat(api.saga(id).get("paused").asBoolean()).isFalse();

        assertThat(send(form(path, cookie, "reason=lunch&_csrf=" + proof)).statusCode()).isEqualTo(302);
        assertThat(api.saga(id).get("paused").asBoolean()).isTrue();
        HttpResponse<String> again = send(form(path, cookie, "reason=lunch&_csrf=" + proof));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("The saga is paused already. Resume it to go on.");
        String audit = api.get("/api/sagas/" + id + "/audit").expect(200).body();
        assertThat(audit).contains("\"Ada\"").contains("lunch");
    }

    @Test
    void signingOutEndsTheSessionForGood() throws Exception {
        String cookie = signIn("Ada", Api.TOKEN, "").headers().firstValue("Set-Cookie").orElseThrow();
        String proof = proof(cookie);
        assertThat(send(form("/console/sign-out", cookie, "_csrf=" + proof)).statusCode()).isEqualTo(302);
        assertThat(get("/console/sagas", cookie).statusCode()).isEqualTo(302);
    }

    @Test
    void pagesThatDoNotExistSaySo() throws Exception {
        String cookie = signIn("Ada", Api.TOKEN, "").headers().firstValue("Set-Cookie").orElseThrow();
        HttpResponse<String> none = get("/console/sagas/no-such-saga", cookie);
        assertThat(none.statusCode()).isEqualTo(404);
        assertThat(none.body()).contains("There is no saga no-such-saga").contains("<nav");
        assertThat(get("/console/topics/no.such.topic", cookie).statusCode()).isEqualTo(404);
        HttpResponse<String> nowhere = get("/console/sagass", cookie);
        assertThat(nowhere.statusCode()).isEqualTo(404);
        assertThat(nowhere.body()).contains("The console has no page at this address").contains("<nav");
        assertThat(get("/console/sagass", null).statusCode()).isEqualTo(302);
        assertThat(get("/console/sagas?cursor=nonsense", cookie).statusCode()).isEqualTo(400);
    }

    private String proof(String cookie) throws Exception {
        Matcher found = CSRF.matcher(get("/console/sagas", cookie).body());
        assertThat(found.find()).isTrue();
        return found.group(1);
    }

    private HttpResponse<String> signIn(String name, String token, String next) throws Exception {
        return send(form("/console/sign-in", null, "name=" + encoded(name) + "&token=" + encoded(token) + "&next=" + encoded(next)));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        return send(request(path, cookie).GET());
    }

    private HttpRequest.Builder form(String path, String cookie, String body) {
        return request(path, cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder request(String path, String cookie) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(api.base() + path));
        return cookie == null ? builder : builder.header("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
