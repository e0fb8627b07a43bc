package io.mediasaga.web.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;

/**
 * Verifies each token once and remembers the outcome by the token's hash: until it expires, and no longer than the setting says, since
 * its issuer may withdraw the key. Only good tokens are remembered, so nobody fills the memory with others.
 */
final class PeopleTokens {

    private final TokenVerifier verifier;
    private final Cache<ByteBuffer, Caller> known;

    PeopleTokens(TokenVerifier verifier, AuthProperties properties, Clock clock) {
        this.verifier = verifier;
        this.known = Caffeine.newBuilder()
                .maximumSize(properties.rememberedTokens())
                .expireAfter(Expiry.<ByteBuffer, Caller>creating((hash, caller) -> shorter(
                        properties.rememberTokensFor(),
                        Duration.between(clock.instant(), caller.until()).plus(properties.clockSkew()))))
                .build();
    }

    Verdict verify(String token, byte[] hash) {
        ByteBuffer key = ByteBuffer.wrap(hash);
        Caller remembered = known.getIfPresent(key);
        if (remembered != null) {
            return new Verdict.Known(remembered);
        }
        Verdict verdict = verifier.verify(token);
        if (verdict instanceof Verdict.Known(Caller caller)) {
            known.put(key, caller);
        }
        return verdict;
    }

    private static Duration shorter(Duration one, Duration other) {
        Duration shorter = one.compareTo(other) < 0 ? one : other;
        return shorter.isNegative() ? Duration.ZERO : shorter;
    }
}
