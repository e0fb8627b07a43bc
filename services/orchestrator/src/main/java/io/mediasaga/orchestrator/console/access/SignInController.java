package io.mediasaga.orchestrator.console.access;

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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in, with a token that says who one is or with the API token and a name; and out. */
@Controller
class SignInController {

    private static final int LONGEST_NAME = 100;

    private final RequestAuthenticator authenticator;
    private final SignedIn signedIn;
    private final SignInAttempts attempts;
    private final SignInPage page;

    SignInController(RequestAuthenticator authenticator, SignedIn signedIn, SignInAttempts attempts, SignInPage page) {
        this.authenticator = authenticator;
        this.signedIn = signedIn;
        this.attempts = attempts;
        this.page = page;
    }

    @Open
    @GetMapping({"/", "/console", "/console/"})
    String home(HttpServletRequest request) {
        return "redirect:" + signedIn.find(request).map(each -> SignedIn.home(each.caller())).orElse(SignInPage.HOME);
    }

    @Open
    @GetMapping(SessionGate.SIGN_IN)
    String page(@RequestParam(required = false) @Nullable String next, Model model, HttpServletRequest request) {
        // Browsers say so when no other page led here, as after a click in a terminal: then the token of the link is sent at once. A
        // page of somebody else's that leads here would sign people in as somebody else.
        model.addAttribute("direct", "none".equals(request.getHeader("Sec-Fetch-Site")));
        return page.form(model, next, "", null);
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
            return page.refused(model, next, actor, "Too many wrong tokens were given. Wait a minute and try again.", response);
        }
        return switch (authenticator.authenticate(token.strip())) {
            case Verdict.Refused(String why) -> {
                attempts.failed();
                yield page.refused(model, next, actor, why + ". Nothing has been changed.", response);
            }
            case Verdict.Unknown(String why) -> page.refused(model, next, actor, why + ". Try again in a moment.", response);
            case Verdict.Known(Caller caller) when caller.roles().isEmpty() ->
                page.refused(model, next, actor, "The token is right, but gives %s no role here: viewer, operator or uploader. Ask whoever gave you access."
                        .formatted(caller.name()), response);
            case Verdict.Known(Caller caller) when caller.service() && (actor.isBlank() || actor.length() > LONGEST_NAME) ->
                page.refused(model, next, actor, "Give your name, 1 to 100 characters: the audit keeps who did what.", response);
            case Verdict.Known(Caller caller) ->
                "redirect:" + signedIn.begin(caller.service() ? named(actor, caller) : caller, next, request, response);
        };
    }

    /** The API token is everybody's, so its holder says who it is. */
    private static Caller named(String actor, Caller service) {
        return new Caller("console:" + actor, actor, service.roles(), Set.of(), false, Instant.MAX);
    }

    @Needs({Role.VIEWER, Role.OPERATOR, Role.UPLOADER})
    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        signedIn.end(request, response);
        response.setHeader("Clear-Site-Data", "\"cache\"");
        return "redirect:" + SessionGate.SIGN_IN;
    }
}
