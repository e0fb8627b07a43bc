package io.mediasaga.orchestrator.console.access;

import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;

/**
 * A person who is signed in.
 *
 * @param caller who it is and what the person may do
 * @param csrf what every form has to bring along
 * @param expiresAt when the person has to sign in again
 */
public record ConsoleSession(Caller caller, String csrf, Instant expiresAt) {

    private static final String ATTRIBUTE = ConsoleSession.class.getName();

    /** The name that the audit keeps. */
    public String actor() {
        return caller.name();
    }

    /** Whether the person may look at everything. */
    public boolean isViewer() {
        return caller.has(Role.VIEWER);
    }

    /** Whether the person may steer sagas. */
    public boolean isOperator() {
        return caller.has(Role.OPERATOR);
    }

    /** Whether the person may start sagas with files. */
    public boolean isUploader() {
        return caller.has(Role.UPLOADER);
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
        caller.putInto(request);
    }
}
