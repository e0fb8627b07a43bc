package io.mediasaga.web.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.NestedExceptionUtils;

/** Tokens of a real issuer on this machine, right ones and all kinds of wrong ones. */
class TokenVerifierTest {

    private static final String SERVICE = "the-service-token-0123456789";

    private final TestIssuer issuer = new TestIssuer();
    private final TokenAuthenticator authenticator = authenticator(Map.of());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aRightTokenSaysWhoItIsAndWhatThePersonMayDo() {
        Caller caller = known(issuer.token(claims -> claims
                .subject("u-7")
                .claim("preferred_username", "ada\nlovelace")
                .claim("roles", List.of("operator", "uploader", "unknown"))));

        assertThat(caller.id()).isEqualTo("u-7");
        assertThat(caller.name()).isEqualTo("ada lovelace");
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.UPLOADER);
        assertThat(caller.has(Role.VIEWER)).as("an operator looks too").isTrue();
        assertThat(caller.owners()).containsExactly("u-7");
        assertThat(caller.service()).isFalse();
    }

    @Test
    void theServicesOwnTokenStaysGoodForEverything() {
        assertThat(known(SERVICE)).isEqualTo(Caller.ofService());
        assertThat(issuer.fetches()).isZero();
    }

    @Test
    void rolesAndOwnersStandWhereTheSettingsSay() {
        TokenAuthenticator groups = authenticator(Map.of(
                "roles-claim", "realm_access.roles", "owners-claim", "https://example.org/teams", "operator", "ops,admins",
                "viewer", "everybody", "name-claim", "email"));
        Caller caller = known(groups, issuer.token(claims -> claims
                .claim("realm_access", Map.of("roles", List.of("admins", "operator")))
                .claim("https://example.org/teams", List.of("blue", "red"))
                .claim("email", "ada@example.org")));

        assertThat(caller.roles()).containsExactly(Role.OPERATOR);
        assertThat(caller.owners()).containsExactlyInAnyOrder("blue", "red");
        assertThat(caller.name()).isEqualTo("ada@example.org");
        assertThat(caller.mayActFor("red")).isTrue();
    }

    @Test
    void aTokenWithoutRolesIsSomebodyWhoMayDoNothing() {
        Caller caller = known(issuer.token(claims -> claims.claim("roles", "viewer operator")));

        assertThat(caller.roles()).as("words in a text are no list").isEmpty();
        assertThat(caller.maySee("else")).isFalse();
        assertThat(caller.name()).as("sub where there is no better name").isEqualTo("s-1");
    }

    @Test
    void whatIsWrongWithATokenIsSaid() {
        Date past = Date.from(Instant.now().minusSeconds(60));
        refused(issuer.token(claims -> claims.expirationTime(past)), "expired");
        refused(issuer.token(claims -> claims.expirationTime(null)), "exp");
        refused(issuer.token(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))), "before");
        refused(issuer.token(claims -> claims.audience("another")), "aud has to contain the-platform");
        refused(issuer.token(claims -> claims.audience((String) null)), "aud has to contain the-platform");
        refused(issuer.token(claims -> claims.issuer("https://evil.example")), "not of the issuer " + issuer.address());
        refused(issuer.token(claims -> claims.issuer(null)), "not of the issuer");
        refused(issuer.token(claims -> claims.subject(null)), "no claim sub");
        refused("nonsense", "neither the API token nor a signed JWT");
        refused("eyJ.eyJ.x", "no JWT that the issuer");
        refused(SERVICE + "x", "neither");
        refused("", "neither");
    }

    @Test
    void clocksMayDifferByThirtySecondsAndNotMore() {
        Instant now = Instant.now();
        TokenAuthenticator exact = authenticator(Map.of(), Clock.fixed(now, ZoneOffset.UTC));
        known(exact, issuer.token(claims -> claims.expirationTime(Date.from(now.minusSeconds(28)))));
        known(exact, issuer.token(claims -> claims.notBeforeTime(Date.from(now.plusSeconds(28)))));
        assertThat(exact.authenticate(issuer.token(claims -> claims.expirationTime(Date.from(now.minusSeconds(32))))))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.why()).contains("expired"));
    }

    @Test
    void aTokenThatNobodySignedIsNone() {
        refused(new PlainJWT(issuer.claims(claims -> {})).serialize(), "no JWT that the issuer");
        String good = issuer.token("s-1", "viewer");
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        refused(unsigned, "no JWT that the issuer");
        String[] parts = good.split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).replace("viewer", "operator");
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        refused(parts[0] + "." + forged + "." + parts[2], "no JWT that the issuer");
    }

    /** Whoever takes the public key for a shared secret accepts what everybody can sign. */
    @Test
    void thePublicKeyIsNoSharedSecret() throws Exception {
        for (byte[] secret : List.of(
                issuer.key().toRSAPublicKey().getEncoded(),
                issuer.key().toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8))) {
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID(issuer.key().getKeyID()).build(),
                    issuer.claims(claims -> claims.claim("roles", List.of("operator"))));
            token.sign(new MACSigner(secret));
            refused(token.serialize(), "no JWT that the issuer");
        }
    }

    @Test
    void aKeyOfSomebodyElseWithTheSameNameDoesNotHelp() {
        JWTClaimsSet claims = issuer.claims(each -> each.claim("roles", List.of("operator")));
        refused(TestIssuer.signed(TestIssuer.newKey(issuer.key().getKeyID()), claims), "no JWT that the issuer");
    }

    @Test
    void keysRotateWithoutARestart() {
        known(issuer.token("s-1", "viewer"));
        String old = issuer.token("s-2", "viewer");
        issuer.rotate("second");

        known(issuer.token("s-3", "viewer"));
        refused(old, "no JWT that the issuer");
    }

    @Test
    void madeUpKeysDoNotMakeTheIssuerBusy() {
        TokenAuthenticator calm = authenticator(Map.of("keys-interval", "60s"));
        known(calm, issuer.token("s-1", "viewer"));
        JWTClaimsSet claims = issuer.claims(each -> {});
        RSAKey madeUp = TestIssuer.newKey("made-up");
        for (int i = 0; i < 50; i++) {
            assertThat(calm.authenticate(TestIssuer.signed(madeUp, claims))).isInstanceOf(Verdict.Refused.class);
        }
        assertThat(issuer.fetches()).isLessThanOrEqualTo(3);
    }

    @Test
    void whileTheIssuerIsAwayKnownKeysGoOnAndOthersWait() {
        issuer.away(true);
        assertThat(authenticator.authenticate(issuer.token("s-1", "viewer"))).isInstanceOf(Verdict.Unknown.class);
        issuer.away(false);
        known(issuer.token("s-1", "viewer"));
        issuer.away(true);
        known(issuer.token("s-2", "viewer"));
    }

    @Test
    void aTokenTooLongIsNotEvenLookedAt() {
        refused(issuer.token(claims -> claims.claim("padding", "x".repeat(TokenAuthenticator.LONGEST))), "more than 8192 characters");
    }

    /** What is remembered of a token ends with the token. */
    @Test
    void aRememberedTokenExpires() {
        TokenAuthenticator exact = authenticator(Map.of("clock-skew", "0s"));
        // It has to be looked at twice before it expires: where the machine is too busy for that, it lives longer.
        for (int seconds : new int[] {3, 20, 60}) {
            Instant expiry = Instant.now().plusSeconds(seconds).truncatedTo(ChronoUnit.SECONDS);
            String token = issuer.token(claims -> claims.expirationTime(Date.from(expiry)));
            Verdict first = exact.authenticate(token);
            int fetches = issuer.fetches();
            Verdict second = exact.authenticate(token);
            if (seconds == 60 || Instant.now().isBefore(expiry)) {
                assertThat(List.of(first, second)).allSatisfy(verdict -> assertThat(verdict).isInstanceOf(Verdict.Known.class));
                assertThat(issuer.fetches()).isEqualTo(fetches);
                await().until(() -> exact.authenticate(token) instanceof Verdict.Refused);
                assertThat(Instant.now()).isAfterOrEqualTo(expiry);
                return;
            }
        }
    }

    @Test
    void settingsThatCannotBeMeantAreRefused() {
        for (var wrong : List.of(
                Map.of("issuer", "", "jwks-uri", "https://x.example/keys"),
                Map.of("issuer", "not-an-address", "jwks-uri", ""),
                Map.of("audience", " "),
                Map.of("algorithms", "HS256"),
                Map.of("algorithms", "none"),
                Map.of("clock-skew", "1h"),
                Map.of("keys-interval", "2h"))) {
            assertThatIllegalArgumentException().as(wrong.toString()).isThrownBy(() -> {
                try {
                    properties(wrong);
                } catch (BindException e) {
                    throw (RuntimeException) NestedExceptionUtils.getRootCause(e);
                }
            }).withMessageContaining("mediasaga.auth.");
        }
    }

    @Test
    void whoActsForWhom() {
        Caller uploader = new Caller("u", "u", Set.of(Role.UPLOADER), Set.of("u"), false, Instant.MAX);
        Caller viewer = new Caller("v", "v", Set.of(Role.VIEWER), Set.of("v"), false, Instant.MAX);
        assertThat(uploader.mayActFor("u")).isTrue();
        assertThat(uploader.mayActFor("v")).isFalse();
        assertThat(uploader.mayActFor(null)).isFalse();
        assertThat(uploader.maySee("v")).isFalse();
        assertThat(viewer.maySee("u")).isTrue();
        assertThat(viewer.mayActFor("u")).isFalse();
        assertThat(Caller.ofService().mayActFor(null)).isTrue();
    }

    private Caller known(String token) {
        return known(authenticator, token);
    }

    private static Caller known(TokenAuthenticator by, String token) {
        Verdict verdict = by.authenticate(token);
        assertThat(verdict).isInstanceOf(Verdict.Known.class);
        return ((Verdict.Known) verdict).caller();
    }

    private void refused(String token, String why) {
        assertThat(authenticator.authenticate(token)).isInstanceOfSatisfying(
                Verdict.Refused.class, refused -> assertThat(refused.why()).contains(why));
    }

    private TokenAuthenticator authenticator(Map<String, String> settings) {
        return authenticator(settings, Clock.system(ZoneOffset.UTC));
    }

    private TokenAuthenticator authenticator(Map<String, String> settings, Clock clock) {
        AuthProperties properties = properties(settings);
        return new TokenAuthenticator(SERVICE, Optional.of(new PeopleTokens(new TokenVerifier(properties, clock), properties, clock)));
    }

    private AuthProperties properties(Map<String, String> settings) {
        var all = new HashMap<String, String>();
        Consumer<Map<String, String>> add = more -> more.forEach((name, value) -> all.put("mediasaga.auth." + name, value));
        add.accept(Map.of("issuer", issuer.address(), "audience", TestIssuer.AUDIENCE, "keys-interval", "1ms"));
        add.accept(settings);
        return new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("mediasaga.auth", AuthProperties.class);
    }
}
