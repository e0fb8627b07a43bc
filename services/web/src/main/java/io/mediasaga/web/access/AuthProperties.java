package io.mediasaga.web.access;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens are taken from people, {@code mediasaga.auth.*}. Without an issuer only the API token is.
 *
 * @param issuer as in the claim {@code iss}; the address of the issuer where {@code jwksUri} is absent
 * @param jwksUri where the issuer publishes its keys, also {@code file:}; found by OpenID Connect Discovery where absent
 * @param audience what the claim {@code aud} has to contain
 * @param nameClaim who it is, for the audit; {@code sub} where the token has no such claim
 * @param rolesClaim where roles or groups stand: a claim, or a path of names with dots, as in {@code realm_access.roles}
 * @param ownersClaim whose files an uploader sends: a claim or path with one text or a list
 * @param viewer values of the roles' claim that make a viewer
 * @param operator values that make an operator
 * @param uploader values that make an uploader
 * @param clientId by which the issuer knows the console; with it people sign in on the issuer's own page
 * @param clientSecret shown to the issuer where it asks for one; a public client has none
 * @param scopes what is asked of the issuer when somebody signs in
 * @param algorithms of signatures that are taken; with public keys only
 * @param clockSkew by how much the issuer's clock may differ
 * @param rememberedTokens how many verified tokens are remembered
 * @param rememberTokensFor how long at most; so long a token outlives the key that the issuer withdrew
 * @param keysFor how long the issuer's keys are remembered
 * @param keysInterval an unknown key makes them be fetched anew, not much more often than this
 */
@ConfigurationProperties("mediasaga.auth")
record AuthProperties(
        @Nullable String issuer,
        @Nullable URI jwksUri,
        @DefaultValue("mediasaga") String audience,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("roles") String rolesClaim,
        @DefaultValue("sub") String ownersClaim,
        @DefaultValue("viewer") List<String> viewer,
        @DefaultValue("operator") List<String> operator,
        @DefaultValue("uploader") List<String> uploader,
        @Nullable String clientId,
        @Nullable String clientSecret,
        @DefaultValue({"openid", "profile"}) List<String> scopes,
        @DefaultValue({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"})
        List<String> algorithms,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("10000") int rememberedTokens,
        @DefaultValue("5m") Duration rememberTokensFor,
        @DefaultValue("15m") Duration keysFor,
        @DefaultValue("20s") Duration keysInterval) {

    AuthProperties {
        issuer = issuer == null || issuer.isBlank() ? null : issuer.strip();
        jwksUri = jwksUri == null || jwksUri.toString().isBlank() ? null : jwksUri;
        clientId = clientId == null || clientId.isBlank() ? null : clientId.strip();
        clientSecret = clientSecret == null || clientSecret.isBlank() ? null : clientSecret.strip();
        check(clientId == null || issuer != null && issuer.matches("https?://.+"),
                "client-id is set, so issuer has to be the address of an OpenID Connect provider; it is '" + issuer + "'");
        check(clientId != null || clientSecret == null, "client-id is missing though client-secret is set");
        check(clientId == null || scopes.contains("openid"), "scopes are " + scopes + "; openid has to be among them");
        check(issuer != null || jwksUri == null, "issuer is missing though jwks-uri is set: name the value of the claim iss");
        check(issuer == null || jwksUri != null || issuer.matches("https?://.+"),
                "issuer '" + issuer + "' is no address: set jwks-uri to where its keys are");
        check(!audience.isBlank(), "audience is empty: name what the claim aud has to contain");
        check(!algorithms.isEmpty() && algorithms.stream().allMatch(name -> name.matches("(RS|PS|ES)(256|384|512)")),
                "algorithms are " + algorithms + "; RS, PS and ES with 256, 384 or 512 are possible");
        check(!clockSkew.isNegative() && clockSkew.compareTo(Duration.ofMinutes(10)) <= 0,
                "clock-skew is " + clockSkew + "; 0 to 10 minutes are possible");
        check(rememberedTokens >= 0, "remembered-tokens is " + rememberedTokens + "; it cannot be negative");
        check(!rememberTokensFor.isNegative(), "remember-tokens-for is " + rememberTokensFor + "; it cannot be negative");
        check(keysInterval.isPositive() && keysInterval.compareTo(keysFor) < 0,
                "keys-interval is " + keysInterval + "; it has to be more than 0 and less than keys-for (" + keysFor + ")");
    }

    private static void check(boolean right, String wrong) {
        if (!right) {
            throw new IllegalArgumentException("mediasaga.auth." + wrong);
        }
    }
}
