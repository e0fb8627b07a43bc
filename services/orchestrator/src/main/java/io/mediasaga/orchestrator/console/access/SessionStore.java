package io.mediasaga.orchestrator.console.access;

import io.mediasaga.orchestrator.console.ConsoleProperties;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is signed in, in SQL, so that any replica answers. Of the secret in the cookie only the hash is kept. */
@Repository
class SessionStore {

    private static final String FIND = """
            SELECT person, actor, roles, owners, csrf, expires_at FROM console_session
            WHERE secret_hash = ? AND expires_at > now()
            """;

    /** A session never outlives what was shown for it. */
    private static final String BEGIN = """
            INSERT INTO console_session (secret_hash, person, actor, roles, owners, csrf, expires_at)
            VALUES (?, ?, ?, ?, ?::text[], ?, least(now() + make_interval(secs => ?), ?::timestamptz))
            """;

    private final JdbcClient jdbc;
    private final long seconds;

    SessionStore(JdbcClient jdbc, ConsoleProperties properties) {
        this.jdbc = jdbc;
        this.seconds = properties.session().toSeconds();
    }

    /** Begins a session; answers the secret for the cookie. */
    String begin(Caller caller) {
        String secret = Secrets.random();
        jdbc.sql("DELETE FROM console_session WHERE expires_at < now()").update();
        jdbc.sql(BEGIN)
                .params(
                        Secrets.hash(secret),
                        caller.id(),
                        caller.name(),
                        caller.roles().stream().map(Role::name).collect(Collectors.joining(",")),
                        caller.owners().toArray(String[]::new),
                        Secrets.random(),
                        seconds,
                        time(caller.until()))
                .update();
        return secret;
    }

    private static @Nullable OffsetDateTime time(Instant until) {
        return until.equals(Instant.MAX) ? null : until.atOffset(ZoneOffset.UTC);
    }

    Optional<ConsoleSession> find(String secret) {
        return jdbc.sql(FIND).params(Secrets.hash(secret)).query((rs, i) -> session(rs)).optional();
    }

    private static ConsoleSession session(ResultSet rs) throws SQLException {
        Instant until = rs.getObject(6, OffsetDateTime.class).toInstant();
        Set<String> owners = Set.of((String[]) rs.getArray(4).getArray());
        return new ConsoleSession(
                new Caller(rs.getString(1), rs.getString(2), roles(rs.getString(3)), owners, false, until), rs.getString(5), until);
    }

    void end(String secret) {
        jdbc.sql("DELETE FROM console_session WHERE secret_hash = ?").params(Secrets.hash(secret)).update();
    }

    private static Set<Role> roles(String names) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        Arrays.stream(names.split(",")).filter(name -> !name.isEmpty()).map(Role::valueOf).forEach(roles::add);
        return roles;
    }
}
