package io.mediasaga.orchestrator.console.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Set;

/**
 * A person who is signed in.
 *
 * @param actor the name that the audit keeps
 * @param roles what the person may do
 * @param csrf what every form has to bring along
 * @param expiresAt when the person has to sign in again
 */
public record ConsoleSession(String actor, Set<Role> roles, String csrf, Instant expiresAt) {

    private static final String ATTRIBUTE = ConsoleSession.class.getName();

    public ConsoleSession {
        roles = Set.copyOf(roles);
    }

    /** Whether the person may do it. */
    public boolean may(Role role) {
        return role == Role.VIEWER || roles.contains(role);
    }

    /** Whether the person may steer sagas. */
    public boolean isOperator() {
        return may(Role.OPERATOR);
    }

    /** Whether the person may start sagas with files. */
    public boolean isUploader() {
        return may(Role.UPLOADER);
    }

    /** The session of a request to the console. @throws IllegalStateException where nobody has signed in */
    public static ConsoleSession of(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof ConsoleSession session) {
            return session;
        }
        throw new IllegalStateException("Nobody has signed in for " + request.getRequestURI());
    }

    void putInto(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    static boolean isIn(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof ConsoleSession;
    }
}
