package io.mediasaga.orchestrator.console.access;

import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.RequestAuthenticator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in with the API token, and out. Whoever has the token may do everything, so it makes an operator. */
@Controller
class SignInController {

    private static final String HOME = "/console/sagas";
    private static final int LONGEST_TOKEN = 8192;

    private final RequestAuthenticator authenticator;
    private final SessionStore sessions;
    private final SessionCookie cookie;
    private final SignInAttempts attempts;
    private final Audit audit;

    SignInController(
            RequestAuthenticator authenticator, SessionStore sessions, SessionCookie cookie, SignInAttempts attempts,
            Audit audit) {
        this.authenticator = authenticator;
        this.sessions = sessions;
        this.cookie = cookie;
        this.attempts = attempts;
        this.audit = audit;
    }

    @Open
    @GetMapping({"/", "/console", "/console/"})
    String home() {
        return "redirect:" + HOME;
    }

    @Open
    @GetMapping(SessionGate.SIGN_IN)
    String page(@RequestParam(required = false) @Nullable String next, Model model) {
        return form(model, next, "", null);
    }

    @Open
    @PostMapping(SessionGate.SIGN_IN)
    String signIn(
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String token,
            @RequestParam(required = false) @Nullable String next,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        String actor = PlainText.reason(name);
        if (actor.isBlank() || actor.length() > 100) {
            return refused(model, next, actor, "Give your name, 1 to 100 characters: the audit keeps who did what.", response);
        }
        if (attempts.tooMany()) {
            return refused(model, next, actor, "Too many wrong tokens were given. Wait a minute and try again.", response);
        }
        if (!known(request, token.strip())) {
            attempts.failed();
            return refused(model, next, actor, "This token is not the right one. Nothing has been changed.", response);
        }
        cookie.read(request).ifPresent(sessions::end);
        cookie.write(request, response, sessions.begin(actor, EnumSet.allOf(Role.class)));
        audit.write(actor, "SIGN_IN", "console", "", null, null);
        return "redirect:" + safe(next);
    }

    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(sessions::end);
        cookie.remove(request, response);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return "redirect:" + SessionGate.SIGN_IN;
    }

    private boolean known(HttpServletRequest request, String token) {
        boolean possible = !token.isEmpty()
                && token.length() <= LONGEST_TOKEN
                && token.chars().allMatch(c -> c > ' ' && c <= '~');
        return possible && authenticator.authenticate(new WithToken(request, token)).isPresent();
    }

    private String refused(
            Model model, @Nullable String next, String name, String why, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(model, next, name, why);
    }

    private static String form(Model model, @Nullable String next, String name, @Nullable String error) {
        model.addAttribute("next", safe(next)).addAttribute("name", name).addAttribute("error", error);
        return "sign-in";
    }

    /** Only to pages of the console: nobody is led elsewhere by a link to the sign-in. */
    private static String safe(@Nullable String next) {
        boolean own = next != null
                && next.startsWith("/console/")
                && !next.startsWith(SessionGate.SIGN_IN)
                && next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\' && c != '{' && c != '}');
        return own ? next : HOME;
    }

    /** The request as if the token had come the way in which programs send it. */
    private static final class WithToken extends HttpServletRequestWrapper {
        private final String token;

        WithToken(HttpServletRequest request, String token) {
            super(request);
            this.token = token;
        }

        @Override
        public @Nullable String getHeader(String name) {
            return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name) ? "Bearer " + token : super.getHeader(name);
        }
    }
}
