package io.mediasaga.embedded;

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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Issues tokens for the people of one machine, as an OpenID Connect provider does for those of a company. Its key is a file that only
 * its owner reads; services get the public half.
 */
public final class LocalIssuer {

    /** What its tokens have as {@code iss}. */
    public static final String NAME = "urn:mediasaga:local";

    /** What its tokens have as {@code aud}. */
    public static final String AUDIENCE = "mediasaga";

    private final ECKey key;
    private final Path publicKeys;

    private LocalIssuer(ECKey key, Path publicKeys) {
        this.key = key;
        this.publicKeys = publicKeys;
    }

    /**
     * The issuer of a folder; its key is made when there is none.
     *
     * @throws EmbeddedServerException when the key cannot be kept or read
     */
    public static LocalIssuer in(Path folder) {
        Path file = Directories.create(folder.toAbsolutePath()).resolve("issuer-key.json");
        try {
            if (!Files.exists(file)) {
                put(file, new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate().toJSONString(), "rw-------");
            }
            ECKey key = ECKey.parse(Files.readString(file));
            Path publicKeys = folder.toAbsolutePath().resolve("issuer-public-keys.json");
            put(publicKeys, new JWKSet(key.toPublicJWK()).toString(), "rw-r--r--");
            return new LocalIssuer(key, publicKeys);
        } catch (IOException | ParseException | JOSEException e) {
            throw new EmbeddedServerException(
                    "Cannot use the key that signs tokens, %s: %s. Delete it and a new one is made".formatted(file, e.getMessage()), e);
        }
    }

    private static void put(Path file, String content, String permissions) throws IOException {
        Path fresh = Files.createTempFile(
                file.getParent(), "issuer", null, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
        Files.writeString(fresh, content + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The settings by which a service takes its tokens. */
    public Map<String, String> settings() {
        return Map.of(
                "mediasaga.auth.issuer", NAME,
                "mediasaga.auth.audience", AUDIENCE,
                "mediasaga.auth.jwks-uri", publicKeys.toUri().toString());
    }

    /**
     * A token for a person.
     *
     * @param name the person, and the owner whose files the person may upload
     * @param roles viewer, operator, uploader
     */
    public String token(String name, Collection<String> roles, Duration validity) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(NAME)
                .audience(AUDIENCE)
                .subject(name)
                .claim("roles", List.copyOf(roles))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(validity)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        try {
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build();
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(new ECDSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new EmbeddedServerException("Cannot sign a token: " + e.getMessage(), e);
        }
    }
}
