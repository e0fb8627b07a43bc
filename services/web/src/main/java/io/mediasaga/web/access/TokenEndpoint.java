package io.mediasaga.web.access;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Redeems the code of a sign-in for the tokens that it stands for (RFC 6749, 4.1.3). */
final class TokenEndpoint {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 256 * 1024;
    private static final int LONGEST_ERROR = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NEVER).build();
    private final String clientId;
    private final @Nullable String clientSecret;

    TokenEndpoint(String clientId, @Nullable String clientSecret) {
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    /** @param error in the issuer's words, where there is no token */
    record Answer(String idToken, String accessToken, String error) {}

    /** @throws IOException when there is no answer that can be read */
    Answer redeem(URI endpoint, String code, String verifier, URI back) throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", back.toString());
        form.put("code_verifier", verifier);
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint)
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json");
        if (clientSecret == null) {
            form.put("client_id", clientId);
        } else { // RFC 6749, 2.3.1
            String credentials = encoded(clientId) + ":" + encoded(clientSecret);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        }
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                .collect(Collectors.joining("&"));
        try {
            var answer = http.send(
                    request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
            if (answer.statusCode() >= 500) {
                throw new IOException(endpoint + " answered with status " + answer.statusCode());
            }
            return read(JSONObjectUtils.parse(answer.body()));
        } catch (ParseException e) {
            throw new IOException(endpoint + " answered what is no JSON object", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while " + endpoint + " was asked", e);
        }
    }

    private static Answer read(Map<String, Object> answer) {
        String error = text(answer, "error") + (text(answer, "error_description").isEmpty() ? "" : ", " + text(answer, "error_description"));
        String line = error.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return new Answer(
                text(answer, "id_token"),
                text(answer, "access_token"),
                line.isEmpty() ? "it sent no ID token" : line.substring(0, Math.min(LONGEST_ERROR, line.length())));
    }

    private static String text(Map<String, Object> answer, String name) {
        return answer.get(name) instanceof String text ? text : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
