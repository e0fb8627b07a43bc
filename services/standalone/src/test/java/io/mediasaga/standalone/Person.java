package io.mediasaga.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who uses a platform's API and console with a token, or with none. */
final class Person {

    private static final Pattern CSRF = Pattern.compile("X-CSRF-Token&quot;:&quot;([^&]+)&quot;|\"X-CSRF-Token\":\"([^\"]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final @Nullable String token;
    private @Nullable String cookie;
    private @Nullable String csrf;

    Person(String address, @Nullable String token) {
        this.address = address;
        this.token = token;
    }

    HttpResponse<String> call(String method, String path, @Nullable String json) {
        HttpRequest.Builder request = request(path).method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        // What uploads by tus want of every request, so that it is not the lack of it that is refused.
        request.headers("Tus-Resumable", "1.0.0", "Upload-Metadata", "asset_id bm9uZQ==", "X-HTTP-Method-Override", "DELETE");
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request);
    }

    JsonNode json(String method, String path, @Nullable String json) {
        HttpResponse<String> answer = call(method, path, json);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JsonMapper.shared().readTree(answer.body());
    }

    /** Answers whether that was possible. */
    boolean signIn() {
        cookie = null;
        csrf = null;
        HttpResponse<String> answer = send(request("/console/sign-in")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("token=" + URLEncoder.encode(token == null ? "" : token, StandardCharsets.UTF_8))));
        if (answer.statusCode() != 302) {
            return false;
        }
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
        Matcher proof = CSRF.matcher(page("GET", answer.headers().firstValue("Location").orElseThrow()).body());
        if (!proof.find()) {
            throw new AssertionError("The first page has no proof for forms");
        }
        csrf = proof.group(1) == null ? proof.group(2) : proof.group(1);
        return true;
    }

    /** A page of the console, or a form that is sent to it. */
    HttpResponse<String> page(String method, String path) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/x-www-form-urlencoded");
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        if (csrf != null) {
            request.header("X-CSRF-Token", csrf);
        }
        return send(request.method(method, BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).timeout(Duration.ofMinutes(3));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
