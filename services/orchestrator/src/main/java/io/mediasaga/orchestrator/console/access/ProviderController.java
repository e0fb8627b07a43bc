package io.mediasaga.orchestrator.console.access;

import io.mediasaga.orchestrator.console.ConsoleProperties;
import io.mediasaga.web.ProblemException;
import io.mediasaga.web.access.Caller;
import io.mediasaga.web.access.Open;
import io.mediasaga.web.access.ProviderSignIn;
import io.mediasaga.web.access.SignInAttempt;
import io.mediasaga.web.access.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Signing in on the page of an OpenID Connect provider. */
@Controller
class ProviderController {

    /** Where the provider sends people back to. */
    static final String ANSWER = SessionGate.SIGN_IN + "/answer";

    private static final Logger log = LoggerFactory.getLogger(ProviderController.class);
    private static final int LONGEST = 4096;

    private final Optional<ProviderSignIn> provider;
    private final AttemptCookie attempts;
    private final SignInAttempts failures;
    private final SignInPage page;
    private final SignedIn signedIn;
    private final ConsoleProperties properties;

    ProviderController(
            Optional<ProviderSignIn> provider, AttemptCookie attempts, SignInAttempts failures, SignInPage page,
            SignedIn signedIn, ConsoleProperties properties) {
        this.provider = provider;
        this.attempts = attempts;
        this.failures = failures;
        this.page = page;
        this.signedIn = signedIn;
        this.properties = properties;
    }

    /** To the provider's page. */
    @Open
    @GetMapping(SessionGate.SIGN_IN + "/provider")
    String begin(
            @RequestParam(required = false) @Nullable String next, Model model, HttpServletRequest request,
            HttpServletResponse response) {
        if (provider.isEmpty()) {
            throw new ProblemException(
                    HttpStatus.NOT_FOUND, "NO_PROVIDER", "No provider to sign in at is set here (mediasaga.auth.client-id).");
        }
        SignInAttempt attempt = new SignInAttempt(Secrets.random(), Secrets.random(), Secrets.random());
        try {
            URI there = provider.get().page(attempt, back(request));
            attempts.write(request, response, attempt, SignInPage.safe(next));
            return "redirect:" + there;
        } catch (IOException e) {
            log.warn("Nobody can sign in at {}: {}", provider.get().name(), e.getMessage());
            return page.refused(
                    model, next, "", "%s cannot be reached. Try again in a moment.".formatted(provider.get().name()), response);
        }
    }

    /** Back from there. */
    @Open
    @GetMapping(ANSWER)
    String answer(
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String error,
            Model model,
            HttpServletRequest request,
            HttpServletResponse response) {
        AttemptCookie.Kept kept = attempts.read(request).orElse(null);
        attempts.remove(request, response);
        String next = kept == null ? null : kept.next();
        if (provider.isEmpty() || kept == null || !Secrets.same(kept.attempt().state(), state)) {
            return page.refused(model, next, "", "This sign-in did not begin here, or too long ago. Begin again.", response);
        }
        if (!error.isEmpty()) {
            String told = error.matches("[A-Za-z0-9_.-]{1,60}") ? error : "an error";
            return page.refused(model, next, "", "%s did not sign you in: %s.".formatted(provider.get().name(), told), response);
        }
        if (code.isEmpty() || code.length() > LONGEST || failures.tooMany()) {
            return page.refused(model, next, "", "That did not work. Wait a minute and begin again.", response);
        }
        return switch (provider.get().finish(kept.attempt(), code, back(request))) {
            case Verdict.Known(Caller caller) when caller.roles().isEmpty() ->
                page.refused(model, next, "", "You are %s, but have no role here: viewer, operator or uploader. Ask whoever gives access."
                        .formatted(caller.name()), response);
            case Verdict.Known(Caller caller) -> {
                model.addAttribute("target", signedIn.begin(caller, next, request, response));
                yield "signed-in";
            }
            case Verdict.Refused(String why) -> {
                failures.failed();
                yield page.refused(model, next, "", why + ". Begin again.", response);
            }
            case Verdict.Unknown(String why) -> page.refused(model, next, "", why + ". Try again in a moment.", response);
        };
    }

    /** As the provider knows it. Whoever makes up a host gets nowhere: providers send people to addresses only that they know. */
    private URI back(HttpServletRequest request) {
        URI address = properties.address();
        if (address != null) {
            return URI.create(address.toString().replaceAll("/+$", "") + ANSWER);
        }
        String scheme = SessionCookie.secure(request) ? "https" : "http";
        return URI.create(scheme + "://" + request.getHeader("Host") + ANSWER);
    }
}
