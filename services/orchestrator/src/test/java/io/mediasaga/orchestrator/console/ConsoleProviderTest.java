package io.mediasaga.orchestrator.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mediasaga.orchestrator.support.Browser;
import io.mediasaga.orchestrator.support.IntegrationTest;
import io.mediasaga.orchestrator.support.TestProvider;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** People sign in on the page of an OpenID Connect provider. */
@Timeout(900)
class ConsoleProviderTest extends IntegrationTest {

    private final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    @AfterEach
    void asItWas() {
        PROVIDER.reset();
    }

    @Test
    void aPersonSignsInAtTheProviderAndComesToThePageThatWasWanted() {
        try (Browser browser = Browser.open(api.base())) {
            browser.go("/console/health");
            browser.click("#with-provider");
            browser.type("#name", "anna");
            browser.type("#roles", "viewer");
            browser.click("form button");
            browser.sees(".who .name", "anna");
            await().until(() -> browser.path().equals("/console/health"));
            assertThat(browser.all("nav a[href='/console/start']")).isEmpty();
            assertThat(browser.complaints()).isEmpty();
            browser.click(".who form button");
            browser.see("#with-provider");
            browser.go("/console/sagas");
            browser.see("#with-provider");
            browser.picture(java.nio.file.Path.of("target/sign-in-with-provider.png"));

            browser.click("#with-provider"); // and says no there
            browser.see("#roles");
            browser.click("form button");
            browser.sees("#error", "access_denied");
            assertThat(browser.all(".who")).isEmpty();
        }
    }

    @Test
    void rolesMayStandInTheAccessTokenAloneAndThereIsNoSessionWithoutOne() throws Exception {
        PROVIDER.rolesInAccessToken(true);
        HttpResponse<String> in = comeBack(begin(), List.of("operator"));
        assertThat(in.statusCode()).as(in.body()).isEqualTo(200);
        assertThat(in.body()).contains("0;url=/console/sagas");
        String cookie = cookie(in, "mediasaga_console=");
        assertThat(cookie).contains("SameSite=Strict").contains("HttpOnly").contains("Max-Age=43200");
        HttpResponse<String> page = get("/console/dead-letters", cookie);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("bert");
        assertThat(api.get("/api/audit?actor=bert").body()).contains("SIGN_IN");

        HttpResponse<String> nobody = comeBack(begin(), List.of("guest"));
        refused(nobody, "You are bert, but have no role here");
    }

    @Test
    void whatWasNotBegunHereOrIsNotOfTheProviderSignsNobodyIn() throws Exception {
        Begun begun = begin();
        String there = PROVIDER.grant(begun.request(), "bert", List.of("operator"));
        refused(get(path(there), ""), "did not begin here"); // somebody else's browser
        refused(get(path(there).replaceFirst("state=.", "state=%7E"), begun.cookie()), "did not begin here");
        refused(get(path(there).replaceFirst("code=[^&]+", "code=made-up"), begun.cookie()), "invalid_grant, Code not valid");
        refused(get("/console/sign-in/answer?error=%3Cb%3E&state=" + begun.request().get("state"), begun.cookie()), "an error");
        assertThat(get(path(there), begun.cookie()).statusCode()).isEqualTo(200);
        refused(get(path(there), begun.cookie()), "invalid_grant"); // once more

        Begun other = begin();
        String mixed = PROVIDER.grant(begun.request(), "bert", List.of("operator")).replaceFirst("state=.*", "state=" + other.request().get("state"));
        refused(get(path(mixed), other.cookie()), "invalid_grant"); // the code of another sign-in: the verifier is wrong

        PROVIDER.changing(claims -> claims.claim("nonce", "another"));
        refused(comeBack(begin(), List.of("operator")), "belongs to another sign-in");
        PROVIDER.changing(claims -> claims.audience("another-client"));
        refused(comeBack(begin(), List.of("operator")), "another audience");
        PROVIDER.changing(claims -> claims.claim("azp", "another-client"));
        refused(comeBack(begin(), List.of("operator")), "another program");
        PROVIDER.changing(claims -> claims.issuer("http://evil.example"));
        refused(comeBack(begin(), List.of("operator")), "not of the issuer");
        PROVIDER.changing(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120))));
        refused(comeBack(begin(), List.of("operator")), "expired");
        PROVIDER.reset();
        PROVIDER.away(true);
        refused(comeBack(begin(), List.of("operator")), "cannot be asked now");
    }

    private record Begun(Map<String, String> request, String cookie) {}

    private Begun begin() throws Exception {
        HttpResponse<String> answer = get("/console/sign-in/provider?next=//evil.example/", "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        String to = answer.headers().firstValue("Location").orElseThrow();
        assertThat(to).startsWith(PROVIDER.address() + "/authorize?");
        String cookie = cookie(answer, "mediasaga_sign_in=");
        assertThat(cookie).contains("SameSite=Lax").contains("HttpOnly").contains("Path=/console/sign-in");
        return new Begun(TestProvider.form(URI.create(to).getRawQuery()), cookie);
    }

    private HttpResponse<String> comeBack(Begun begun, List<String> roles) throws Exception {
        return get(path(PROVIDER.grant(begun.request(), "bert", roles)), begun.cookie());
    }

    private static void refused(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains(why);
        assertThat(answer.headers().allValues("Set-Cookie")).noneMatch(each -> each.startsWith("mediasaga_console="));
    }

    private static String path(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    private static String cookie(HttpResponse<String> answer, String begins) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(each -> each.startsWith(begins))
                .collect(Collectors.joining());
    }

    private HttpResponse<String> get(String path, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api.base() + path)).GET();
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie.substring(0, cookie.indexOf(';')));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
