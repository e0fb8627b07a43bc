package io.mediasaga.web.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of an issuer, from where the setting says or from where the issuer says (OpenID Connect Discovery 1.0). Nothing is
 * fetched before the first token comes, so a service starts while its issuer is away.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private final String issuer;
    private final Discovery discovery;
    private volatile @Nullable URI address;

    IssuerKeys(AuthProperties properties) {
        this.issuer = Objects.requireNonNull(properties.issuer());
        this.discovery = new Discovery(issuer);
        URI known = properties.jwksUri();
        this.address = known;
        try {
            if (known != null) {
                known.toURL();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("mediasaga.auth.jwks-uri is '" + known + "', which is no address", e);
        }
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context) throws KeySourceException {
        try {
            URI keys = address;
            if (keys == null) {
                keys = Discovery.address(discovery.document(), "jwks_uri");
                address = keys;
            }
            return JWKSet.parse(discovery.read(keys));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("The keys of the issuer %s cannot be had: %s".formatted(issuer, e.getMessage()), e);
        }
    }

    @Override
    public void close() {}
}
