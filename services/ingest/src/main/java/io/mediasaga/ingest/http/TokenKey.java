package io.mediasaga.ingest.http;

import java.security.SecureRandom;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The key of upload tokens: made once, kept in the database, so that every replica knows the tokens of every other. */
@Component
class TokenKey {

    static final String ALGORITHM = "HmacSHA256";

    private static final int BYTES = 32;

    private final JdbcClient jdbc;
    private volatile @Nullable SecretKey key;

    TokenKey(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The key; read when it is first wanted, because the service starts without its database too. */
    SecretKey get() {
        SecretKey known = key;
        if (known == null) {
            known = read();
            key = known;
        }
        return known;
    }

    private SecretKey read() {
        byte[] fresh = new byte[BYTES];
        new SecureRandom().nextBytes(fresh);
        jdbc.sql("INSERT INTO token_key (id, secret) VALUES (1, ?) ON CONFLICT DO NOTHING")
                .params((Object) fresh)
                .update();
        byte[] kept = jdbc.sql("SELECT secret FROM token_key WHERE id = 1")
                .query((row, number) -> row.getBytes("secret"))
                .single();
        return new SecretKeySpec(kept, ALGORITHM);
    }
}
