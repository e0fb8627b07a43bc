package io.mediasaga.orchestrator.console.access;

import io.mediasaga.orchestrator.operation.Audit;
import io.mediasaga.orchestrator.operation.PlainText;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Needs;
import io.mediasaga.web.access.Open;
import io.mediasaga.web.access.RequestAuthenticator;
import io.mediasaga.web.access.Role;
import io.mediasaga.web.access.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, with a token that says who one is or with the API token and a name; and out. */
@Controller
class SignInController {

    private static final String HOME = "/console/sagas";
    private static final String START = "/console/start";
    private static final int LONGEST_NAME = 100;

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
    String home(HttpServletRequest request) {
        Optional<ConsoleSession> session = cookie.read(request).flatMap(sessions::find);
        return "redirect:" + session.map(each -> home(each.caller())).orElse(HOME);
    }

    private static String home(Caller caller) {
        return caller.has(Role.VIEWER) ? HOME : START;
    }

    @Open
    @GetMapping(SessionGate.SIGN_IN)
    String page(@RequestParam(required = false) @Nullable String next, Model model, HttpServletRequest request) {
        // Browsers say so when no other page led here, as after a click in a terminal: then the token of the link is sent at once. A
        // page of somebody else's that leads here would sign people in as somebody else.
        model.addAttribute("direct", "none".equals(request.getHeader("Sec-Fetch-Site")));
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
        if (attempts.tooMany()) {
            return refused(model, next, actor, "Too many wrong tokens were given. Wait a minute and try again.", response);
        }
        return switch (authenticator.authenticate(token.strip())) {
            case Verdict.Refused(String why) -> {
                attempts.failed();
                yield refused(model, next, actor, why + ". Nothing has been changed.", response);
            }
            case Verdict.Unknown(String why) -> refused(model, next, actor, why + ". Try again in a moment.", response);
            case Verdict.Known(Caller caller) when caller.roles().isEmpty() ->
                refused(model, next, actor, "The token is right, but gives %s no role here: viewer, operator or uploader. Ask whoever gave you access."
                        .formatted(caller.name()), response);
            case Verdict.Known(Caller caller) when caller.service() && (actor.isBlank() || actor.length() > LONGEST_NAME) ->
                refused(model, next, actor, "Give your name, 1 to 100 characters: the audit keeps who did what.", response);
            case Verdict.Known(Caller caller) -> begin(caller.service() ? named(actor, caller) : caller, next, request, response);
        };
    }

    /** The API token is everybody's, so its holder says who it is. */
    private static Caller named(String actor, Caller service) {
        return new Caller("console:" + actor, actor, service.roles(), Set.of(), false, Instant.MAX);
    }

    private String begin(Caller caller, @Nullable String next, HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(sessions::end);
        cookie.write(request, response, sessions.begin(caller));
        audit.write(caller.name(), "SIGN_IN", "console", "", null, null);
        String target = safe(next);
        return "redirect:" + (target.equals(HOME) ? home(caller) : target);
    }

    @Needs({Role.VIEWER, Role.OPERATOR, Role.UPLOADER})
    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        cookie.read(request).ifPresent(sessions::end);
        cookie.remove(request, response);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return "redirect:" + SessionGate.SIGN_IN;
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
}
