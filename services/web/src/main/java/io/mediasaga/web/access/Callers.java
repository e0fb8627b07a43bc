package io.mediasaga.web.access;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/** Reads from a verified token whose it is and what that person may do. */
final class Callers {

    private static final int LONGEST_NAME = 100;

    private final AuthProperties properties;

    Callers(AuthProperties properties) {
        this.properties = properties;
    }

    Verdict of(Jwt jwt) {
        Set<String> given = texts(at(jwt.getClaims(), properties.rolesClaim()));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        add(roles, Role.VIEWER, properties.viewer(), given);
        add(roles, Role.OPERATOR, properties.operator(), given);
        add(roles, Role.UPLOADER, properties.uploader(), given);
        String id = jwt.getSubject();
        String name = at(jwt.getClaims(), properties.nameClaim()) instanceof String text ? line(text) : "";
        Instant until = jwt.getExpiresAt();
        return new Verdict.Known(new Caller(
                id,
                name.isBlank() ? line(id) : name,
                roles,
                texts(at(jwt.getClaims(), properties.ownersClaim())),
                false,
                until == null ? Instant.MIN : until));
    }

    private static void add(Set<Role> roles, Role role, List<String> names, Set<String> given) {
        if (!Collections.disjoint(names, given)) {
            roles.add(role);
        }
    }

    /** A claim by its whole name, dots and all, or by its path. */
    private static @Nullable Object at(Map<?, ?> claims, String path) {
        Object whole = claims.get(path);
        int dot = path.indexOf('.');
        if (whole != null || dot < 0) {
            return whole;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner ? at(inner, path.substring(dot + 1)) : null;
    }

    /** A list, or one text. Not a text of words: whoever chooses a user's name could choose a role in it. */
    private static Set<String> texts(@Nullable Object claim) {
        return switch (claim) {
            case String one -> Set.of(one);
            case Collection<?> many -> many.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .collect(Collectors.toUnmodifiableSet());
            case null, default -> Set.of();
        };
    }

    private static String line(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME) : line;
    }
}
