package io.mediasaga.web.access;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request. A method that answers requests may take it as a parameter.
 *
 * @param id stays the same for the same person, whatever the person is called
 * @param name for people; the audit keeps it
 * @param roles what the caller may do
 * @param owners whose files the caller may send and look at without being a viewer or an operator
 * @param service whether it is the platform's own credential and no person
 * @param until when what the caller has shown ends to be valid; {@link Instant#MAX} where it does not
 */
public record Caller(String id, String name, Set<Role> roles, Set<String> owners, boolean service, Instant until)
        implements Principal {

    /** Names who asks, where the platform's own credential is used for somebody. */
    public static final String ACTOR_HEADER = "X-Actor";

    /** What the platform's own credential is called. */
    public static final String SERVICE = "api-token";

    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        roles = Set.copyOf(roles);
        owners = Set.copyOf(owners);
    }

    /** The platform's own credential: every role, for every owner. */
    static Caller ofService() {
        return new Caller(SERVICE, SERVICE, EnumSet.allOf(Role.class), Set.of(), true, Instant.MAX);
    }

    @Override
    public String getName() {
        return name;
    }

    /** Whether the caller has the role; an operator is a viewer too. */
    public boolean has(Role role) {
        return roles.contains(role) || role == Role.VIEWER && roles.contains(Role.OPERATOR);
    }

    /** Whether the caller may start sagas and send files for the owner. */
    public boolean mayActFor(@Nullable String owner) {
        return service || has(Role.OPERATOR) || owner != null && owners.contains(owner);
    }

    /** Whether the caller may look at what belongs to the owner. */
    public boolean maySee(@Nullable String owner) {
        return has(Role.VIEWER) || mayActFor(owner);
    }

    /** Who makes the request; empty where nobody had to say. */
    public static Optional<Caller> in(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller caller ? Optional.of(caller) : Optional.empty();
    }

    /** Notes that the caller makes the request. */
    public void putInto(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }
}
