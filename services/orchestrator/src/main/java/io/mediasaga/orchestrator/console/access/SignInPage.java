package io.mediasaga.orchestrator.console.access;

import io.mediasaga.web.access.ProviderSignIn;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** The page on which people sign in, and where they are led afterwards. */
@Component
class SignInPage {

    static final String HOME = "/console/sagas";

    private final Optional<ProviderSignIn> provider;

    SignInPage(Optional<ProviderSignIn> provider) {
        this.provider = provider;
    }

    String form(Model model, @Nullable String next, String name, @Nullable String error) {
        model.addAttribute("next", safe(next)).addAttribute("name", name).addAttribute("error", error);
        model.addAttribute("provider", provider.map(ProviderSignIn::name).orElse(null));
        return "sign-in";
    }

    String refused(Model model, @Nullable String next, String name, String why, HttpServletResponse response) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return form(model, next, name, why);
    }

    /** Only to pages of the console: nobody is led elsewhere by a link to the sign-in. */
    static String safe(@Nullable String next) {
        boolean own = next != null
                && next.startsWith("/console/")
                && !next.startsWith(SessionGate.SIGN_IN)
                && next.length() <= 2000
                && next.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\' && c != '{' && c != '}');
        return own ? next : HOME;
    }
}
