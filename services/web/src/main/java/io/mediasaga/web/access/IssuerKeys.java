package io.mediasaga.web.access;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the keys of an issuer, from where the setting says or from where the issuer says (OpenID Connect Discovery 1.0). Nothing is
 * fetched before the first token comes, so a service starts while its issuer is away.
 */
final class IssuerKeys implements JWKSetSource<SecurityContext> {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MOST_BYTES = 1024 * 1024;

    private final String issuer;
    private final ResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);
    private volatile @Nullable URL address;

    IssuerKeys(AuthProperties properties) {
        this.issuer = Objects.requireNonNull(properties.issuer());
        URI known = properties.jwksUri();
        try {
            this.address = known == null ? null : known.toURL();
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("mediasaga.auth.jwks-uri is '" + known + "', which is no address", e);
        }
    }

    @Override
    public JWKSet getJWKSet(
            JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context) throws KeySourceException {
        try {
            URL keys = address;
            if (keys == null) {
                keys = discovered();
                address = keys;
            }
            return JWKSet.parse(retriever.retrieveResource(keys).getContent());
        } catch (IOException | ParseException | URISyntaxException | IllegalArgumentException e) {
            throw new JWKSetUnavailableException("The keys of the issuer %s cannot be had: %s".formatted(issuer, e.getMessage()), e);
        }
    }

    private URL discovered() throws IOException, ParseException, URISyntaxException {
        String place = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
        Map<String, Object> document = JSONObjectUtils.parse(retriever.retrieveResource(new URI(place).toURL()).getContent());
        if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
            throw new IOException(place + " is of the issuer " + JSONObjectUtils.getString(document, "issuer"));
        }
        URI keys = JSONObjectUtils.getURI(document, "jwks_uri");
        if (keys == null || !"http".equals(keys.getScheme()) && !"https".equals(keys.getScheme())) {
            throw new IOException(place + " names no jwks_uri");
        }
        return keys.toURL();
    }

    @Override
    public void close() {}
}
