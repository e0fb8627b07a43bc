package io.mediasaga.web.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Verifies a signed token: signature by a published key, algorithm, type, issuer, audience and times. */
final class TokenVerifier {

    private static final Logger log = LoggerFactory.getLogger(TokenVerifier.class);
    /** How every JSON object begins in Base64. */
    private static final String JSON = "eyJ";

    private final NimbusJwtDecoder decoder;
    private final Callers callers;
    private final String issuer;

    TokenVerifier(AuthProperties properties, Clock clock) {
        this(properties, properties.audience(), clock);
    }

    /** @param audience what the claim {@code aud} has to contain */
    TokenVerifier(AuthProperties properties, String audience, Clock clock) {
        this.issuer = String.valueOf(properties.issuer());
        this.callers = new Callers(properties);
        this.decoder = NimbusJwtDecoder.withJwkSource(keys(properties))
                .jwsAlgorithms(taken -> properties.algorithms().stream().map(SignatureAlgorithm::from).forEach(taken::add))
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier(
                        new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null)))
                .build();
        decoder.setJwtValidator(validator(properties, audience, clock));
    }

    private static JWKSource<SecurityContext> keys(AuthProperties properties) {
        // Fetched anew for a key that is not among them, which is how keys rotate, but not for every token that somebody makes up. The
        // last ones known go on while the issuer is away.
        return JWKSourceBuilder.create(new IssuerKeys(properties))
                .cache(properties.keysFor().toMillis(), Duration.ofSeconds(10).toMillis())
                .refreshAheadCache(false)
                .rateLimited(properties.keysInterval().toMillis())
                .retrying(true)
                .outageTolerant(Duration.ofHours(4).toMillis())
                .build();
    }

    Verdict verify(String token) {
        return verify(token, jwt -> OAuth2TokenValidatorResult.success());
    }

    /** @param further what the token has to be besides */
    Verdict verify(String token, OAuth2TokenValidator<Jwt> further) {
        if (!token.startsWith(JSON) || token.chars().filter(c -> c == '.').count() != 2) {
            return new Verdict.Refused("The token is neither the API token nor a signed JWT");
        }
        try {
            Jwt jwt = decoder.decode(token);
            var errors = further.validate(jwt).getErrors();
            return errors.isEmpty() ? callers.of(jwt) : refused(errors);
        } catch (JwtValidationException invalid) {
            return refused(invalid.getErrors());
        } catch (BadJwtException bad) {
            log.debug("A token was refused", bad);
            return new Verdict.Refused(
                    "The token is no JWT that the issuer %s has signed with a key that it publishes".formatted(issuer));
        } catch (JwtException away) {
            return away(away);
        }
    }

    private static Verdict refused(Collection<OAuth2Error> errors) {
        return new Verdict.Refused(errors.stream().map(OAuth2Error::getDescription).collect(Collectors.joining("; ")));
    }

    private Verdict away(JwtException away) {
        for (Throwable cause = away; cause != null; cause = cause.getCause()) {
            if (cause instanceof RateLimitReachedException) {
                return new Verdict.Refused(
                        "The token is signed with a key that the issuer %s did not publish a moment ago; if it is a new key, try again soon"
                                .formatted(issuer));
            }
        }
        log.warn("Tokens cannot be verified: {}", away.getMessage());
        return new Verdict.Unknown("The keys of the issuer %s cannot be fetched now, so the token cannot be verified".formatted(issuer));
    }

    private static OAuth2TokenValidator<Jwt> validator(AuthProperties properties, String audience, Clock clock) {
        JwtTimestampValidator times = new JwtTimestampValidator(properties.clockSkew());
        times.setClock(clock);
        times.setAllowEmptyExpiryClaim(false);
        String issuer = String.valueOf(properties.issuer());
        return new DelegatingOAuth2TokenValidator<>(
                times,
                jwt -> must(issuer.equals(jwt.getClaimAsString("iss")),
                        "The token is not of the issuer %s, whose tokens are taken here".formatted(issuer)),
                jwt -> must(jwt.getAudience() != null && jwt.getAudience().contains(audience),
                        "The token is for another audience; its claim aud has to contain " + audience),
                jwt -> must(jwt.getSubject() != null && !jwt.getSubject().isBlank(), "The token names nobody: it has no claim sub"));
    }

    static OAuth2TokenValidatorResult must(boolean right, String wrong) {
        return right
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token", wrong, null));
    }
}
