package io.mediasaga.orchestrator.console.access;

import io.mediasaga.orchestrator.console.ConsoleProperties;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is signed in, in SQL, so that any replica answers. Of the secret in the cookie only the hash is kept. */
@Repository
class SessionStore {

    private static final String FIND = """
            SELECT actor, roles, csrf, expires_at FROM console_session WHERE secret_hash = ? AND expires_at > now()
            """;

    private final JdbcClient jdbc;
    private final long seconds;

    SessionStore(JdbcClient jdbc, ConsoleProperties properties) {
        this.jdbc = jdbc;
        this.seconds = properties.session().toSeconds();
    }

    /** Begins a session; answers the secret for the cookie. */
    String begin(String actor, Set<Role> roles) {
        String secret = Secrets.random();
        jdbc.sql("DELETE FROM console_session WHERE expires_at < now()").update();
        jdbc.sql("""
                        INSERT INTO console_session (secret_hash, actor, roles, csrf, expires_at)
                        VALUES (?, ?, ?, ?, now() + make_interval(secs => ?))
                        """)
                .params(
                        Secrets.hash(secret),
                        actor,
                        roles.stream().map(Role::name).collect(Collectors.joining(",")),
                        Secrets.random(),
                        seconds)
                .update();
        return secret;
    }

    Optional<ConsoleSession> find(String secret) {
        return jdbc.sql(FIND)
                .params(Secrets.hash(secret))
                .query((rs, i) -> new ConsoleSession(
                        rs.getString(1), roles(rs.getString(2)), rs.getString(3),
                        rs.getObject(4, OffsetDateTime.class).toInstant()))
                .optional();
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
