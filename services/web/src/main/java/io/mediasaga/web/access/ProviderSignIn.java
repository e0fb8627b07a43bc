package io.mediasaga.web.access;

import static io.mediasaga.web.access.TokenVerifier.must;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Signs people in on the issuer's own page: the authorization code flow (OpenID Connect Core 1.0, 3.1) with PKCE (RFC 7636). What
 * belongs to one attempt is the caller's to keep with the browser that began it. Safe for use from several threads.
 */
public final class ProviderSignIn {

    private static final Logger log = LoggerFactory.getLogger(ProviderSignIn.class);

    private final String issuer;
    private final String clientId;
    private final List<String> scopes;
    private final Discovery discovery;
    private final TokenVerifier idTokens;
    private final TokenEndpoint tokens;
    private final RequestAuthenticator accessTokens;
    private volatile @Nullable Addresses addresses;

    ProviderSignIn(AuthProperties properties, RequestAuthenticator accessTokens, Clock clock) {
        this.issuer = Objects.requireNonNull(properties.issuer());
        this.clientId = Objects.requireNonNull(properties.clientId());
        this.scopes = properties.scopes();
        this.discovery = new Discovery(issuer);
        this.idTokens = new TokenVerifier(properties, clientId, clock);
        this.tokens = new TokenEndpoint(clientId, properties.clientSecret());
        this.accessTokens = accessTokens;
    }

    private record Addresses(URI authorization, URI token) {}

    /** What people know the issuer by. */
    public String name() {
        String host = URI.create(issuer).getHost();
        return host == null ? issuer : host;
    }

    /**
     * Where a person signs in.
     *
     * @param attempt fresh for each
     * @param back where the issuer sends the person afterwards, with {@code code} and {@code state}
     * @throws IOException when the issuer cannot be asked for it
     */
    public URI page(SignInAttempt attempt, URI back) throws IOException {
        return URI.create(OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(addresses().authorization().toString())
                .clientId(clientId)
                .redirectUri(back.toString())
                .scopes(new LinkedHashSet<>(scopes))
                .state(attempt.state())
                .additionalParameters(Map.of(
                        OidcParameterNames.NONCE, attempt.nonce(),
                        PkceParameterNames.CODE_CHALLENGE, attempt.challenge(),
                        PkceParameterNames.CODE_CHALLENGE_METHOD, "S256"))
                .build()
                .getAuthorizationRequestUri());
    }

    /**
     * Whom the issuer says has signed in. The caller has compared the state before.
     *
     * @param attempt the one that the browser keeps
     * @param code what the issuer sent along
     * @param back as in {@link #page}
     */
    public Verdict finish(SignInAttempt attempt, String code, URI back) {
        TokenEndpoint.Answer answer;
        try {
            answer = tokens.redeem(addresses().token(), code, attempt.verifier(), back);
        } catch (IOException e) {
            log.warn("{} cannot be asked who signed in: {}", issuer, e.getMessage());
            return new Verdict.Unknown("The issuer %s cannot be asked now who you are".formatted(name()));
        }
        if (answer.idToken().isEmpty()) {
            log.warn("{} does not say who signed in: {}", issuer, answer.error());
            return new Verdict.Refused("The issuer %s does not say who you are: %s".formatted(name(), answer.error()));
        }
        Verdict verdict = idTokens.verify(answer.idToken(), of(attempt));
        return verdict instanceof Verdict.Known(Caller person) ? new Verdict.Known(withRoles(person, answer.accessToken())) : verdict;
    }

    /** OpenID Connect Core 1.0, 3.1.3.7; issuer, audience, signature and times are looked at with every token. */
    private OAuth2TokenValidator<Jwt> of(SignInAttempt attempt) {
        return new DelegatingOAuth2TokenValidator<>(
                jwt -> must(attempt.nonce().equals(jwt.getClaimAsString(OidcParameterNames.NONCE)),
                        "The issuer's answer belongs to another sign-in"),
                jwt -> must(jwt.getClaims().get("azp") == null || clientId.equals(jwt.getClaimAsString("azp")),
                        "The issuer's answer is for another program"));
    }

    /**
     * Many issuers put roles into the access token only. Such a token counts if it would open the API for the same person. How long
     * either is good for says nothing of how long the person stays signed in: they are for minutes.
     */
    private Caller withRoles(Caller person, String accessToken) {
        Caller known = person;
        if (person.roles().isEmpty()
                && !accessToken.isEmpty()
                && accessTokens.authenticate(accessToken) instanceof Verdict.Known(Caller same)
                && !same.service()
                && same.id().equals(person.id())) {
            known = same;
        }
        return new Caller(known.id(), person.name(), known.roles(), known.owners(), false, Instant.MAX);
    }

    private Addresses addresses() throws IOException {
        Addresses known = addresses;
        if (known == null) {
            Map<String, Object> document = discovery.document();
            known = new Addresses(
                    Discovery.address(document, "authorization_endpoint"), Discovery.address(document, "token_endpoint"));
            addresses = known;
        }
        return known;
    }
}
