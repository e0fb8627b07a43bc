package io.mediasaga.orchestrator.console.access;

import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Begins and ends what a person is signed in by. */
@Component
class SignedIn {

    private static final String START = "/console/start";

    private final SessionStore sessions;
    private final SessionCookie cookie;
    private final Audit audit;

    SignedIn(SessionStore sessions, SessionCookie cookie, Audit audit) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.audit = audit;
    }

    /** Answers the page where the person goes on. */
    String begin(Caller caller, @Nullable String next, HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(sessions::end);
        cookie.write(request, response, sessions.begin(caller));
        audit.write(caller.name(), "SIGN_IN", "console", "", null, null);
        String target = SignInPage.safe(next);
        return target.equals(SignInPage.HOME) ? home(caller) : target;
    }

    Optional<ConsoleSession> find(HttpServletRequest request) {
        return cookie.read(request).flatMap(sessions::find);
    }

    void end(HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(sessions::end);
        cookie.remove(request, response);
    }

    /** What a person looks at first. */
    static String home(Caller caller) {
        return caller.has(Role.VIEWER) ? SignInPage.HOME : START;
    }
}
