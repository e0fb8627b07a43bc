package io.mediasaga.orchestrator.support;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * An OpenID Connect provider with a page on which people say who they are: authorization endpoint, token endpoint, keys. It refuses what
 * a strict one does: a redirect address that it does not know, a verifier that does not match, a code a second time.
 */
public final class TestProvider implements AutoCloseable {

    public static final String CLIENT = "the-console";
    public static final String SECRET = "s:cr%t";
    public static final String AUDIENCE = "mediasaga";

    private static final Consumer<JWTClaimsSet.Builder> AS_IT_IS = claims -> {};

    private final HttpServer server;
    private final ECKey key;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    private volatile Consumer<JWTClaimsSet.Builder> change = AS_IT_IS;
    private volatile boolean rolesInAccessToken;
    private volatile boolean away;

    private record Asked(Map<String, String> request, String name, List<String> roles) {}

    public TestProvider() {
        try {
            key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/.well-known/openid-configuration", exchange -> json(exchange, 200, """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","authorization_endpoint":"%1$s/authorize?tenant=a","token_endpoint":"%1$s/token"}
                """.formatted(address())));
        server.createContext("/keys", exchange -> json(exchange, 200, new JWKSet(key.toPublicJWK()).toString()));
        server.createContext("/favicon.ico", exchange -> send(exchange, 204, "image/x-icon", ""));
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", this::token);
        server.start();
    }

    /** As others reach it; by a name, so that to the browser it is another site than 127.0.0.1. */
    public String address() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Changes the claims of each ID token. */
    public void changing(Consumer<JWTClaimsSet.Builder> claims) {
        change = claims;
    }

    /** Whether roles stand in the access token alone, as with Keycloak. */
    public void rolesInAccessToken(boolean now) {
        rolesInAccessToken = now;
    }

    public void away(boolean now) {
        away = now;
    }

    /** As it is made. */
    public void reset() {
        change = AS_IT_IS;
        rolesInAccessToken = false;
        away = false;
    }

    /** Signs a person in as its page does; answers where the browser goes then. */
    public String grant(Map<String, String> request, String name, List<String> roles) {
        String code = UUID.randomUUID().toString();
        codes.put(code, new Asked(request, name, roles));
        return request.get("redirect_uri") + "?code=" + code + "&state=" + URLEncoder.encode(request.get("state"), StandardCharsets.UTF_8);
    }

    private void authorize(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Map<String, String> request = form(query);
        boolean right = "code".equals(request.get("response_type"))
                && CLIENT.equals(request.get("client_id"))
                && "S256".equals(request.get("code_challenge_method"))
                && "a".equals(request.get("tenant"))
                && request.getOrDefault("scope", "").contains("openid")
                && request.getOrDefault("redirect_uri", "").matches("http://127\\.0\\.0\\.1:\\d+/console/sign-in/answer");
        if (!right) {
            send(exchange, 400, "text/plain", "This is not how one asks: " + query);
            return;
        }
        if (request.containsKey("name")) {
            exchange.getResponseHeaders().set("Location", request.get("name").isBlank()
                    ? request.get("redirect_uri") + "?error=access_denied&state=" + request.get("state")
                    : grant(request, request.get("name"), List.of(request.get("roles").split(","))));
            send(exchange, 302, "text/plain", "");
            return;
        }
        StringBuilder hidden = new StringBuilder();
        request.forEach((name, value) -> hidden.append("<input type=hidden name='").append(name).append("' value='").append(value).append("'>"));
        send(exchange, 200, "text/html", "<!doctype html><title>Provider</title><form action=/authorize>" + hidden
                + "<input id=name name=name><input id=roles name=roles><button>Sign in</button></form>");
    }

    private void token(HttpExchange exchange) throws IOException {
        Map<String, String> form = form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        String basic = "Basic " + Base64.getEncoder().encodeToString(
                (CLIENT + ":" + URLEncoder.encode(SECRET, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8));
        if (away) {
            json(exchange, 503, "{}");
            return;
        }
        if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            json(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        Asked asked = codes.remove(form.getOrDefault("code", ""));
        boolean right = asked != null
                && "authorization_code".equals(form.get("grant_type"))
                && asked.request().get("redirect_uri").equals(form.get("redirect_uri"))
                && asked.request().get("code_challenge").equals(challenge(form.getOrDefault("code_verifier", "")));
        if (!right) {
            json(exchange, 400, "{\"error\":\"invalid_grant\",\"error_description\":\"Code not valid\"}");
            return;
        }
        JWTClaimsSet.Builder id = claims(asked).audience(CLIENT).claim("nonce", asked.request().get("nonce"));
        JWTClaimsSet.Builder access = claims(asked).audience(AUDIENCE);
        (rolesInAccessToken ? access : id).claim("roles", asked.roles());
        change.accept(id);
        json(exchange, 200, "{\"token_type\":\"Bearer\",\"expires_in\":300,\"id_token\":\"%s\",\"access_token\":\"%s\"}"
                .formatted(signed(id.build()), signed(access.build())));
    }

    private JWTClaimsSet.Builder claims(Asked asked) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(address())
                .subject("s-" + asked.name())
                .claim("preferred_username", asked.name())
                .issueTime(Date.from(now.minusSeconds(3600)))
                .expirationTime(Date.from(now.plusSeconds(300)));
    }

    private String signed(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(), claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String challenge(String verifier) {
        try {
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What stands in a query or a form. */
    public static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String each : text.split("&")) {
            int sign = each.indexOf('=');
            if (sign > 0) {
                form.put(
                        URLDecoder.decode(each.substring(0, sign), StandardCharsets.UTF_8),
                        URLDecoder.decode(each.substring(sign + 1), StandardCharsets.UTF_8));
            }
        }
        return form;
    }

    private static void json(HttpExchange exchange, int status, String body) throws IOException {
        send(exchange, status, "application/json", body);
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
