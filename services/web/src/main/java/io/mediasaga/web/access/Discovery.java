package io.mediasaga.web.access;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.text.ParseException;
import java.util.Map;

/** What an issuer says of itself (OpenID Connect Discovery 1.0, 4). Safe for use from several threads. */
final class Discovery {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int MOST_BYTES = 1024 * 1024;

    private final String issuer;
    private final ResourceRetriever retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, MOST_BYTES);

    Discovery(String issuer) {
        this.issuer = issuer;
    }

    /** Reads an address with bounds for time and size. */
    String read(URI address) throws IOException {
        return retriever.retrieveResource(address.toURL()).getContent();
    }

    /** @throws IOException when the issuer cannot be reached, or says something that makes no sense */
    Map<String, Object> document() throws IOException {
        String place = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
        try {
            Map<String, Object> document = JSONObjectUtils.parse(read(new URI(place)));
            if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
                throw new IOException(place + " is of the issuer " + JSONObjectUtils.getString(document, "issuer"));
            }
            return document;
        } catch (URISyntaxException | ParseException | IllegalArgumentException e) {
            throw new IOException(place + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** An address that the document has to name. */
    static URI address(Map<String, Object> document, String name) throws IOException {
        try {
            URI address = JSONObjectUtils.getURI(document, name);
            if (address != null && ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (ParseException e) {
            // as if it were missing
        }
        throw new IOException("the issuer's openid-configuration names no " + name);
    }
}
